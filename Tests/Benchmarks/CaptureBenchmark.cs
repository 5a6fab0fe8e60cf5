using System.Diagnostics;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Benchmarks;

/// <summary>CPU of recording one camera, sealing and flushing included, beside ffmpeg copying the same camera to a plain file on the same disk.</summary>
internal static class CaptureBenchmark
{
    // As many as the town hall has; what a process costs by itself is shared by them.
    private static readonly CameraId[] Cameras = [new("camera-1"), new("camera-2")];

    private static readonly CameraId Busy = new("busy");

    // The runtime compiles a method for good after its 60th call, and what it compiles meanwhile is most of what a young process does.
    // A silo records for years: a camera with five fragments a second brings it there first.
    private const double BusySecondsPerFragment = 0.2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(180);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        using var camera = await BenchCamera.Start();
        using var busy = await BenchCamera.Start(BusySecondsPerFragment);
        List<Process> yardsticks = [];
        try
        {
            // At the same time, so that all meet the same machine.
            yardsticks.AddRange(Cameras.Select(id => camera.Copy(Path.Combine(folder, $"{id}.mov"))));
            using var recorder = new BenchRecorder(folder, Cameras.ToDictionary(id => id, _ => camera.Address).Append(new(Busy, busy.Address)).ToDictionary());
            var (ours, plain) = await Measure(recorder, yardsticks);
            return [new Measurement("capture", "CPU s per camera-minute", ours, plain, 1.15, true)];
        }
        finally
        {
            yardsticks.ForEach(process => process.Kill());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Ours, double Plain)> Measure(BenchRecorder recorder, IReadOnlyList<Process> yardsticks)
    {
        var warming = await recorder.Start(Busy);
        await Task.Delay(WarmUp, TimeProvider.System);
        await recorder.Stop(Busy, warming);
        foreach (var id in Cameras)
        {
            await recorder.Start(id);
        }

        await Task.Delay(Settling, TimeProvider.System);
        int[] ours = [Environment.ProcessId, .. Proc.Recorders()];
        var plain = yardsticks.Select(process => process.Id).ToArray();
        var (oursBefore, plainBefore) = (ours.Sum(Proc.CpuSeconds), plain.Sum(Proc.CpuSeconds));
        await Task.Delay(Measured, TimeProvider.System);
        var (oursUsed, plainUsed) = (ours.Sum(Proc.CpuSeconds) - oursBefore, plain.Sum(Proc.CpuSeconds) - plainBefore);
        await recorder.End();
        var minutes = Measured.TotalMinutes * Cameras.Length;
        return (oursUsed / minutes, plainUsed / minutes);
    }
}
