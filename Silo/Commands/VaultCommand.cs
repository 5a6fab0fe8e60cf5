using System.CommandLine;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>vault</c>: whether files, ring, database and certificates tell the same story.</summary>
internal static class VaultCommand
{
    // Apart from 1 (refused) and 78 (wrong settings): the check was made, and found something.
    private const int NotInOrder = 2;

    public static Command Create(string[] settings) => new("vault", "The vault.") { Check(settings) };

    private static Command Check(string[] settings)
    {
        var payloads = new Option<bool>("--payloads") { Description = "Opens every picture and sound in memory as well, to see that it is what was sealed. Reads all bytes of the vault." };
        var command = new Command(
            "check",
            "Compares the vault's files and their headers, the key ring, the rows of recordings' grains and the certificates: what is overdue, missing, surplus or torn is named. "
            + $"Only reads, also while the silo runs. Ends with 0 when all is in order, {NotInOrder} when something was found.")
        {
            payloads,
        };
        command.SetAction((parsed, cancellation) => CommandLine.Carry(async () =>
        {
            var found = await VaultCheck.Run(
                SiloSettings.Read(CommandLine.Configuration(settings)), parsed.GetValue(payloads), TimeProvider.System, Console.Error.WriteLine, cancellation);
            foreach (var finding in found)
            {
                Console.WriteLine($"{finding.Kind.ToString().ToLowerInvariant(),-12}{finding.What} {finding.Reason}");
            }

            Console.WriteLine(found.Count == 0 ? "All is in order." : $"{found.Count} finding(s).");
            return found.Count == 0 ? 0 : NotInOrder;
        }));
        return command;
    }
}
