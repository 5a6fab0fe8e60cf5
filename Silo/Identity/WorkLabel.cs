using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.Silo.Identity;

/// <summary>The rule for the words that people and keys are shown by.</summary>
internal static class WorkLabel
{
    /// <exception cref="RecordingClusterException">InvalidInput: it is no such word, or looks like a person (R19).</exception>
    public static string Checked(string? text)
    {
        if (!Names.IsName(text))
        {
            throw RecordingClusterException.Invalid("label", "must be 1 to 40 characters out of a-z, 0-9 and -.", "An example that is right: camerabeheerder-2.");
        }

        PersonalData.Refuse("label", text!);
        return text!;
    }

    public static bool IsRight(string? text) => Names.IsName(text) && PersonalData.Find(text!) is null;
}
