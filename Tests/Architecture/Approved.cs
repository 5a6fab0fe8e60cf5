using System.Runtime.CompilerServices;

namespace RecordingCluster.Tests.Architecture;

/// <summary>Compares a text with the one that somebody approved: Approved/NAME.txt. A difference is written beside it, to be looked at and moved over it.</summary>
internal static class Approved
{
    public static void Equal(string name, string text)
    {
        var folder = Folder();
        var approved = Path.Combine(folder, $"{name}.txt");
        var received = Path.Combine(folder, $"{name}.received.txt");
        text = text.TrimEnd() + "\n";
        if (!File.Exists(approved) || File.ReadAllText(approved) != text)
        {
            File.WriteAllText(received, text);
            Assert.Fail($"{name} is not what was approved. Compare {name}.received.txt with {name}.txt in Tests/Approved; move it over when it is right.");
        }

        File.Delete(received);
    }

    /// <summary>What was approved.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), $"{name}.txt"));

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "Approved");
}
