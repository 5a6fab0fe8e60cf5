using System.Diagnostics;
using System.Runtime;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Benchmarks;

/// <summary>CPU of recording one camera, sealing and flushing included, beside ffmpeg copying the same camera to a plain file on the same disk.</summary>
internal static class CaptureBenchmark
{
    // As many as the town hall has; what a process costs by itself is shared by them.
    private static readonly CameraId[] Cameras = [new("camera-1"), new("camera-2")];

    private static readonly CameraId Busy = new("busy");

    // The runtime compiles a method for good after its 60th call, and what it compiles meanwhile is most of what a young process does.
    // A silo records for years: a camera with five fragments a second brings it there first, and then nothing more may be compiled for a while.
    private const double BusySecondsPerFragment = 0.2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(3);

    // Of ffmpegs that do the same, the one that the kernel happens to wake first takes a third more than the others, for as long as
    // it lives: so each round has new ones, and they connect in turn.
    private const int Rounds = 10;
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        using var camera = await BenchCamera.Start();
        using var busy = await BenchCamera.Start(BusySecondsPerFragment);
        try
        {
            // At the same time, so that all meet the same machine.
            using var recorder = new BenchRecorder(folder, Cameras.ToDictionary(id => id, _ => camera.Address).Append(new(Busy, busy.Address)).ToDictionary());
            await Settle(recorder);
            var (ours, plain) = (0.0, 0.0);
            for (var round = 0; round < Rounds; round++)
            {
                var used = await Measure(recorder, () => [.. Cameras.Select(id => camera.Copy(Path.Combine(folder, $"{id}-{round}.mov")))], areOursFirst: round % 2 == 0);
                (ours, plain) = (ours + used.Ours, plain + used.Plain);
            }

            await recorder.End();
            var minutes = Measured.TotalMinutes * Rounds * Cameras.Length;
            return [new Measurement("capture", "CPU s per camera-minute", ours / minutes, plain / minutes, 1.15, true)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Looks each second, since looking is compiled too.
    private static async Task Settle(BenchRecorder recorder)
    {
        var warming = await recorder.Start(Busy);
        await Task.Delay(WarmUp, TimeProvider.System);
        await recorder.Stop(Busy, warming);
        var recordings = await Start(recorder);
        var begun = TimeProvider.System.GetTimestamp();
        var (compiled, since) = (JitInfo.GetCompiledMethodCount(), begun);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        while (TimeProvider.System.GetElapsedTime(since) < Quiet && TimeProvider.System.GetElapsedTime(begun) < LongestSettling)
        {
            await second.WaitForNextTickAsync();
            _ = Used(Ours());
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
            {
                (compiled, since) = (now, TimeProvider.System.GetTimestamp());
            }
        }

        await Stop(recorder, recordings);
    }

    private static async Task<(double Ours, double Plain)> Measure(BenchRecorder recorder, Func<Process[]> copy, bool areOursFirst)
    {
        Process[] yardsticks = [];
        try
        {
            yardsticks = areOursFirst ? [] : copy();
            var recordings = await Start(recorder);
            yardsticks = areOursFirst ? copy() : yardsticks;
            await Task.Delay(Beginning, TimeProvider.System);
            var (ours, plain) = (Ours(), yardsticks.Select(process => process.Id).ToArray());
            var (oursBefore, plainBefore) = (Used(ours), Used(plain));
            await Task.Delay(Measured, TimeProvider.System);
            var used = (Used(ours) - oursBefore, Used(plain) - plainBefore);
            await Stop(recorder, recordings);
            return used;
        }
        finally
        {
            foreach (var process in yardsticks)
            {
                process.Kill();
                process.Dispose();
            }
        }
    }

    private static async Task<IReadOnlyList<RecordingId>> Start(BenchRecorder recorder)
    {
        List<RecordingId> recordings = [];
        foreach (var camera in Cameras)
        {
            recordings.Add(await recorder.Start(camera));
        }

        return recordings;
    }

    private static async Task Stop(BenchRecorder recorder, IReadOnlyList<RecordingId> recordings)
    {
        foreach (var (camera, recording) in Cameras.Zip(recordings))
        {
            await recorder.Stop(camera, recording);
        }
    }

    private static int[] Ours() => [Environment.ProcessId, .. Proc.Recorders()];

    private static double Used(IEnumerable<int> processes) => processes.Sum(Proc.CpuSeconds);
}
