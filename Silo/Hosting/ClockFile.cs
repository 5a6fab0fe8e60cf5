using System.Text.Json;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Keeps on disk where the clock stood, so that a jump is noticed also when it came while the silo was down (R11).</summary>
/// <remarks>
/// The counter goes on from one start of the silo to the next, but begins anew when the machine boots. After a boot only
/// the wall clock can tell how long the machine was off: it is believed, unless it is behind what was seen before, or says
/// that the machine was off for longer than a long weekend. A clock whose battery is dead shows in the first, and one that
/// was set far ahead, by which all would be erased at once, in the second.
/// </remarks>
internal sealed class ClockFile(string path, string boot)
{
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromDays(4);

    private const int MostBytes = 1024;

    /// <summary>The clock as this machine's last silo left it; a first start believes the machine.</summary>
    public static (SteadyClock Clock, ClockFile File) Open(StorageOptions storage, TimeProvider machine)
    {
        // proc_sys_kernel(5): drawn anew at each boot.
        var file = new ClockFile(Path.Combine(storage.Folder, "clock.json"), File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        return (new SteadyClock(machine, file.Read(machine)), file);
    }

    public void Write(ClockAnchor anchor) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(new Line(boot, anchor.At, anchor.Timestamp)));

    internal ClockAnchor Read(TimeProvider machine)
    {
        var now = ClockAnchor.Of(machine);
        if (LastLine() is not { } last)
        {
            return now;
        }

        if (last.Boot == boot)
        {
            return new ClockAnchor(last.At, last.Timestamp);
        }

        return now.At >= last.At && now.At - last.At <= LongestAbsence ? now : new ClockAnchor(last.At, now.Timestamp);
    }

    // What does not read is as good as none: it is written whole or not at all, and holds nothing that could not be found again.
    private Line? LastLine()
    {
        try
        {
            return File.Exists(path) && DurableFile.Read(path, MostBytes) is { } bytes ? JsonSerializer.Deserialize<Line>(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(string Boot, DateTimeOffset At, long Timestamp);
}
