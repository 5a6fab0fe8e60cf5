using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Cameras;

// Closing one camera's part takes seconds; the other cameras do not wait for it.
[GrainType(WhereItWorks.Recorder), WhereItWorks, Reentrant]
internal sealed class RecorderGrain(ICapture capture) : Grain, IRecorderGrain
{
    public Task<bool> Runs(CameraId camera, RecordingId recording) => Task.FromResult(capture.Runs(camera, recording));

    public Task<bool> Extend(CameraId camera, RecordingId recording, DateTimeOffset stopAt) => capture.Extend(camera, recording, stopAt);

    public Task Stop(CameraId camera, RecordingId recording) => capture.Stop(camera, recording);
}
