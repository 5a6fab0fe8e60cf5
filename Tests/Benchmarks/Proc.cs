using System.Diagnostics;
using System.Globalization;

namespace RecordingCluster.Benchmarks;

/// <summary>What the kernel tells of processes (proc(5)).</summary>
internal static class Proc
{
    private const double TicksPerSecond = 100; // USER_HZ, which /proc counts in
    private const double KilobytesPerMegabyte = 1024;

    /// <summary>The CPU that it took so far.</summary>
    public static double CpuSeconds(int id)
    {
        var fields = StatOf(id);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Its memory: of what it shares with others, such as the code of as many ffmpeg, its part.</summary>
    public static double Megabytes(int id)
    {
        var line = File.ReadLines($"/proc/{id}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KilobytesPerMegabyte;
    }

    /// <summary>The ffmpeg that record for this process. Others on this machine may record too.</summary>
    public static int[] Recorders() => [.. Process.GetProcessesByName("ffmpeg")
        .Where(process => StatOf(process.Id)[1] == $"{Environment.ProcessId}" && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("\0pipe:1\0", StringComparison.Ordinal))
        .Select(process => process.Id)];

    // From the third of /proc/ID/stat on: state, parent, and as 14th and 15th the CPU. Before them is the name, in brackets.
    private static string[] StatOf(int id) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
}
