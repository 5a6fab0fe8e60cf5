using System.Globalization;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Benchmarks;

/// <summary>From the start of a silo's process until it says that it is ready, on SQLite with 100,000 recordings whose term runs; beside the same silo when it had none.</summary>
internal static class StartBenchmark
{
    private const int Recordings = 100_000;
    private const int Fragments = 20;
    private const int FileBytes = 4 << 10;
    private const int Starts = 3;
    private const string NoCamera = "rtsp://127.0.0.1:9/none";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Term = TimeSpan.FromDays(7); // that is left of it: nothing falls due meanwhile

    // What a silo reads after its start has come by then.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        try
        {
            await Start(folder); // the first of all makes certificates, keys and tables
            var (empty, emptyMemory) = await StartSeveral(folder);
            ManyRecordings.Make(folder, SiloHost.ClusterName, Recordings, Fragments, FileBytes, TimeProvider.System.GetUtcNow() + Term);
            var (full, fullMemory) = await StartSeveral(folder);
            return
            [
                new Measurement($"start with {Recordings:N0} recordings and reminders", "s until ready", full, empty, 2, true),
                new Measurement($"memory with {Recordings:N0} recordings and reminders", "MB", fullMemory, emptyMemory, 2, true),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, double Megabytes)> StartSeveral(string folder)
    {
        var (seconds, megabytes) = (new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            var (time, memory) = await Start(folder);
            seconds.Add(time);
            megabytes.Add(memory);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {string.Join(", ", seconds.Select(time => $"{time:F1}"))} s, {string.Join(", ", megabytes.Select(memory => $"{memory:F0}"))} MB"));
        return (Median(seconds), Median(megabytes));
    }

    private static async Task<(double Seconds, double Megabytes)> Start(string folder)
    {
        using var silo = SiloRun.Begin(folder, NoCamera);
        var ready = await silo.Ready(Patience);
        await Task.Delay(Settling, TimeProvider.System);
        var memory = Proc.Megabytes(silo.Id);
        await silo.End();
        return (ready.TotalSeconds, memory);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
