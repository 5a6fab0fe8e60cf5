using System.CommandLine;
using RecordingCluster.Client.Auditing;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using Spectre.Console;

namespace RecordingCluster.Tool.Auditing;

/// <summary><c>audit</c>: what can be done with an exported trail, on any machine and without the cluster.</summary>
internal static class AuditCommand
{
    private const int NotWhole = 1;
    private const int NotRead = 2;

    public static Command Create() => new("audit", "Works on an exported audit trail, offline.") { Check() };

    private static Command Check()
    {
        var trail = new Option<FileInfo>("--trail") { Description = "The trail, exported as JSON Lines.", Required = true };
        var heads = new Option<FileInfo[]>("--heads") { Description = "Files of signed heads of the same site, as they were kept; may be repeated.", AllowMultipleArgumentsPerToken = true };
        var authorities = new Option<FileInfo[]>("--authorities") { Description = "ca.crt of the cluster, and older ones where the CA was replaced since.", Required = true, AllowMultipleArgumentsPerToken = true };
        trail.AcceptExistingOnly();
        heads.AcceptExistingOnly();
        authorities.AcceptExistingOnly();
        var command = new Command("check", $"Finds the first wrong entry, a tail that was cut, a head that was replaced, a signature that does not hold. Ends with 0 when the trail is whole, {NotWhole} when it is not, {NotRead} when a file cannot be read.")
        {
            trail, heads, authorities,
        };
        command.SetAction((parsed, cancellation) => Run(parsed.GetRequiredValue(trail), parsed.GetValue(heads) ?? [], parsed.GetRequiredValue(authorities), cancellation));
        return command;
    }

    private static async Task<int> Run(FileInfo trail, FileInfo[] heads, FileInfo[] authorities, CancellationToken cancellation)
    {
        try
        {
            using var seals = SealCheck.By(string.Join('\n', authorities.Select(file => File.ReadAllText(file.FullName))));
            var kept = heads.SelectMany(file => File.ReadLines(file.FullName).Select((line, place) => TrailLines.ReadHead(System.Text.Encoding.UTF8.GetBytes(line), place + 1))).ToList();
            await using var stream = new FileStream(trail.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            var report = await AnsiConsole.Progress().StartAsync(bars =>
            {
                var bar = bars.AddTask("checking", maxValue: Math.Max(1, trail.Length));
                return TrailFileCheck.Run(stream, kept, seals, new Progress<long>(read => bar.Value = read), cancellation);
            });
            return Tell(report);
        }
        catch (Exception fault) when (fault is RecordingClusterException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return NotRead;
        }
    }

    private static int Tell(ChainReport report)
    {
        foreach (var fault in report.Faults)
        {
            Console.WriteLine($"{fault.Kind}: {fault.Reason}");
        }

        Console.WriteLine(report.IsWhole ? $"Whole: {report.Entries} entries, held against {report.Heads} head(s)." : $"Not whole: {report.Faults.Length} fault(s) in {report.Entries} entries.");
        Console.WriteLine(report.Covered == report.Last
            ? "A signed head vouches for all of it."
            : $"A signed head vouches for entries up to {report.Covered}; what came later could be cut off unseen. Sign a head and check again.");
        return report.IsWhole ? 0 : NotWhole;
    }
}
