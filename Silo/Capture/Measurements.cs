using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>What this silo measures now: one a camera at most. <see cref="Recorder"/> lets no two calls in at once.</summary>
internal sealed partial class Measurements(CaptureOptions options, CameraReach reach, TimeProvider clock, ILogger<Measurements> log)
{
    private readonly ConcurrentDictionary<CameraId, Measuring> going = new();

    /// <summary>Begins one, or joins the one that goes on.</summary>
    public Task<CameraMeasurement> Begin(CameraId camera, CameraOptions settings, bool sound)
    {
        if (going.TryGetValue(camera, out var present))
        {
            return present.Result;
        }

        var stop = new CancellationTokenSource();
        var run = new MeasureRun(settings, options, sound, () => reach.Answers(camera), fault => LogNothing(camera, fault.Fault, fault.Why ?? ""), clock);

        // As capture does, it belongs to no grain: it must not run on the scheduler of the one that asked, nor in its name.
        using (ExecutionContext.SuppressFlow())
        {
            var result = Task.Run(() => run.Measure(stop.Token), CancellationToken.None);
            var measuring = new Measuring(stop, result);
            going[camera] = measuring;
            result.ContinueWith(_ => going.TryRemove(KeyValuePair.Create(camera, measuring)), TaskScheduler.Default);
            return result;
        }
    }

    /// <summary>Ends the one that goes on, and answers when the camera is let go.</summary>
    public async Task End(CameraId camera)
    {
        if (going.TryGetValue(camera, out var present))
        {
            await present.Stop.CancelAsync();
            await present.Result;
        }
    }

    public Task EndAll() => Task.WhenAll(going.Keys.Select(End));

    [LoggerMessage(3010, LogLevel.Warning, "{Camera} gave nothing when it was measured: {Fault}. {Why}")]
    private partial void LogNothing(CameraId camera, CameraFault fault, string why);

    private sealed record Measuring(CancellationTokenSource Stop, Task<CameraMeasurement> Result);
}
