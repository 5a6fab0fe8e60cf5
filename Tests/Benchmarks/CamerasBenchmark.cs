using System.Globalization;

namespace RecordingCluster.Benchmarks;

/// <summary>How many cameras this machine records at once until a fragment comes late, and what each costs; beside as many plain ffmpeg that copy the same cameras to files.</summary>
internal static class CamerasBenchmark
{
    // A camera gives a fragment every 2 s. One that is stored more than 2 s after it was due is late: 2 s + 2 s after the one
    // before it, by which time the recorder takes the camera for silent (CaptureOptions.LongestFragment).
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2 + 2);

    // So many at once, one step after the other.
    private static readonly int[] Steps = [16, 64, 128, 160, 192, 224];

    private const int Compared = 16; // at which CPU and memory are measured, of both at the same time

    // One test camera serves all who read it by one thread; 224 / 4 = 56 readers take it a tenth of a core.
    private const int Servers = 4;

    // ffmpeg looks at the first seconds of a camera before it writes: all that begin at once would be another measurement.
    private const int BegunAtOnce = 16;

    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(6); // three fragments of each
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20); // 16 cameras x 10 fragments: what each calls is compiled for good
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(45);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        var servers = await Task.WhenAll(Enumerable.Range(0, Servers).Select(_ => BenchCamera.Start()));
        try
        {
            var (cpu, plainCpu, memory, plainMemory) = await Compare(folder, servers);
            var ours = await Climb("recorded", servers, new OurCameras(folder, servers, Steps[^1]));
            var plain = await Climb("copied by plain ffmpeg", servers, new PlainCameras(folder, servers));
            return
            [
                new Measurement($"cameras at once until a fragment is {(Late / 2).TotalSeconds:F0} s late (of {Steps[^1]} tried)", "cameras", ours, plain, 1 / 1.15, false), // as capture may cost 1.15
                new Measurement($"CPU at {Compared} cameras", "s per camera-minute", cpu, plainCpu, 1.15, true),
                new Measurement($"memory at {Compared} cameras", "MB per camera", memory, plainMemory, 1.5, true),
            ];
        }
        finally
        {
            Array.ForEach(servers, server => server.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Cpu, double PlainCpu, double Memory, double PlainMemory)> Compare(string folder, BenchCamera[] servers)
    {
        await using var recorded = new OurCameras(folder, servers, Compared);
        await using var copied = new PlainCameras(folder, servers);
        var empty = Proc.Megabytes(Environment.ProcessId);
        await Grow(recorded, Compared);
        await Grow(copied, Compared);
        await Task.Delay(WarmUp, TimeProvider.System);
        int[] ours = [Environment.ProcessId, .. Proc.Recorders()];
        var plain = copied.Processes;
        var (cpu, plainCpu) = (ours.Sum(Proc.CpuSeconds), plain.Sum(Proc.CpuSeconds));
        await Task.Delay(Measured, TimeProvider.System);
        (cpu, plainCpu) = (ours.Sum(Proc.CpuSeconds) - cpu, plain.Sum(Proc.CpuSeconds) - plainCpu);
        var minutes = Measured.TotalMinutes * Compared;
        return (cpu / minutes, plainCpu / minutes, (ours.Sum(Proc.Megabytes) - empty) / Compared, plain.Sum(Proc.Megabytes) / Compared);
    }

    // The most of which all fragments came in time.
    private static async Task<int> Climb(string name, BenchCamera[] servers, IManyCameras cameras)
    {
        await using var _ = cameras;
        var most = 0;
        foreach (var step in Steps)
        {
            if (!await Grow(cameras, step))
            {
                Console.WriteLine($"{step} cameras {name}: only {cameras.Watch.Begun} began");
                return most;
            }

            await Task.Delay(Settling, TimeProvider.System);
            var before = servers.Sum(server => Proc.CpuSeconds(server.Id));
            var longest = await cameras.Watch.Watch(Watched);
            var serving = (servers.Sum(server => Proc.CpuSeconds(server.Id)) - before) / Watched.TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step} cameras {name}: a fragment came {longest.TotalSeconds:F1} s after the one before at most; the cameras themselves took {serving:F2} cores"));
            if (longest > Late)
            {
                return most;
            }

            most = step;
        }

        return most;
    }

    private static async Task<bool> Grow(IManyCameras cameras, int to)
    {
        for (var from = cameras.Watch.Begun; from < to; from = cameras.Watch.Begun)
        {
            var next = Math.Min(to, from + BegunAtOnce);
            cameras.Begin(from, next);
            for (var begun = TimeProvider.System.GetTimestamp(); cameras.Watch.Begun < next; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
            {
                if (TimeProvider.System.GetElapsedTime(begun) > Beginning)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
