using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Cameras;

[GrainType(WhereItWorks.Camera), WhereItWorks]
internal sealed class CameraGrain(
    [PersistentState("camera")] IPersistentState<CameraState> stored,
    ICapture capture,
    SiteTrail trail) : Grain, ICameraGrain
{
    private CaptureHealth? health;

    private CameraId Id => new(this.GetPrimaryKeyString());

    public async Task<CameraFault?> Begin(CaptureOrder order)
    {
        if (stored.State.HasOther(order.Recording))
        {
            return CameraFault.Busy;
        }

        // The epoch is stored before the camera runs. A crash in between costs an epoch; the other order could
        // give two captures the same one, and then neither fences the other out.
        await stored.Store(stored.State.Begin(order));
        var fault = await capture.Start(Lease());
        if (fault is not null)
        {
            await stored.Store(stored.State.End(order.Recording));
        }

        return fault;
    }

    public async Task Resume(CaptureOrder order)
    {
        // Each silo asks so at its start, for all rooms. What runs goes on as it is.
        if (stored.State.Has(order.Recording) && capture.Runs(Id, order.Recording))
        {
            return;
        }

        await stored.Store(stored.State.Resume(order));
        health = null;
        await capture.Resume(Lease());
    }

    public async Task<CameraFault?> Continue(CaptureOrder order)
    {
        if (stored.State.HasOther(order.Recording))
        {
            return CameraFault.Busy;
        }

        await stored.Store(stored.State.Begin(order));
        await capture.Resume(Lease());
        return null;
    }

    public async Task Extend(RecordingId recording, DateTimeOffset stopAt)
    {
        await stored.Store(stored.State.Extend(recording, stopAt));
        if (stored.State.Has(recording) && !await capture.Extend(Id, recording, stopAt))
        {
            // Its deadline came a moment before its new end: it goes on as a new part.
            await Resume(stored.State.Order!);
        }
    }

    public async Task End(RecordingId recording)
    {
        // Capture is stopped before the lease is given up: as long as it may run, the camera is not free (R4).
        await capture.Stop(Id, recording);
        health = null;
        await stored.Store(stored.State.End(recording));
    }

    public async Task<bool> Tell(int epoch, CaptureHealth health)
    {
        if (epoch != stored.State.Epoch || stored.State.Order is null)
        {
            return false;
        }

        var before = this.health;
        this.health = health;
        if (before?.Gap is null && health.Gap is not null)
        {
            await trail.Note("gap-began", $"camera/{Id}", new { health.Part, health.Gap });
        }
        else if (before?.Gap is { } gap && health.Gap is null)
        {
            await trail.Note("gap-ended", $"camera/{Id}", new { health.Part, gap.Since, Until = health.LastFragmentAt, gap.Fault });
        }

        return true;
    }

    public Task<CameraView> Read() =>
        Task.FromResult(new CameraView(Id, stored.State.Order?.Recording, stored.State.Epoch, stored.State.Order is null ? null : health));

    private CaptureLease Lease() => new(Id, stored.State.Epoch, stored.State.Order!);
}
