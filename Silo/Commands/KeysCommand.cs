using System.CommandLine;
using System.Globalization;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>keys</c>: how the key ring stands, in numbers.</summary>
internal static class KeysCommand
{
    public static Command Create(string[] settings) => new("keys", "The vault's key ring.") { Status(settings) };

    private static Command Status(string[] settings)
    {
        var command = new Command("status", "Tells the ring's generation, and how many recordings have a key by the day they expire; never a key. Only reads, also while the silo runs.");
        command.SetAction((_, _) => CommandLine.Carry(() =>
        {
            var (storage, _, _) = SiloSettings.ReadPlaces(CommandLine.Configuration(settings));
            var status = new KeyRingFile(storage.Keys, SealingCredential.Find()).Status();
            Console.WriteLine($"generation  {status.Generation}");
            Console.WriteLine($"sealing     {(status.Wrapped ? "wrapped by the system's credential" : "a file of its own")}");
            Console.WriteLine($"days        {status.Days.Length}");
            Console.WriteLine($"recordings  {status.Days.Sum(day => day.Recordings)}");
            foreach (var (day, recordings) in status.Days)
            {
                Console.WriteLine($"  expire on {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}  {recordings}");
            }
        }));
        return command;
    }
}
