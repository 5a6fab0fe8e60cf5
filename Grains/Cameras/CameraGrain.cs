using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Cameras;

[GrainType(WhereItWorks.Camera), WhereItWorks, CollectionAgeLimit(AlwaysActive = true)] // few, and known while the database is away
internal sealed partial class CameraGrain(
    [PersistentState("camera")] IPersistentState<CameraState> stored,
    [PersistentState("measured")] IPersistentState<MeasuredState> measured,
    ICapture capture,
    Recorders recorders,
    ISiloPlaces places,
    SitePlan plan,
    SiteTrail trail,
    DatabasePresence database,
    TimeProvider clock) : Grain, ICameraGrain
{
    private CaptureHealth? health;
    private CaptureGap? noted;

    private CameraId Id => new(this.GetPrimaryKeyString());

    public async Task<GivenLease?> Take(CaptureOrder order)
    {
        // Asked at each start of a silo, at each departure and every few seconds, for all rooms. What runs goes on as it is.
        if (await Runs(order.Recording))
        {
            return Given();
        }

        if (await IsTaken(order.Recording))
        {
            return null;
        }

        CheckGoesOn();

        // The epoch is stored before the camera runs. A crash in between costs an epoch; the other order could give two captures
        // the same one, and then neither fences the other out.
        var now = clock.GetUtcNow();
        var isStopped = !stored.State.Has(order.Recording) || await recorders.Stop(stored.State.Silo, Id, order.Recording);
        await stored.Store(stored.State.Lease(order, recorders.OwnName, isStopped ? null : now));
        Forget();
        return Given();
    }

    public async Task<CameraFault?> Begin(Lease lease)
    {
        if (!await IsHere(lease))
        {
            return null;
        }

        var fault = await capture.Start(Lease());
        if (fault is not null)
        {
            await stored.Store(stored.State.End(stored.State.Order!.Recording, null));
        }

        if (fault?.IsOfVault() == true && places.HasSpaceFor(Id))
        {
            MigrateOnIdle(); // to a silo whose vault takes it
        }

        return fault;
    }

    public async Task Resume(Lease lease)
    {
        if (await IsHere(lease))
        {
            await capture.Resume(Lease());
        }
    }

    public async Task<bool> Extend(RecordingId recording, DateTimeOffset stopAt)
    {
        await stored.Store(stored.State.Extend(recording, stopAt));
        return stored.State.Has(recording) && await recorders.Extend(stored.State.Silo, Id, recording, stopAt);
    }

    public async Task<Fence?> End(RecordingId recording)
    {
        // Capture is stopped before the lease is given up: as long as it may run, the camera is not free (R4). Who cannot be
        // told is fenced out, and finds at its next word that the lease is gone.
        var (now, silo) = (clock.GetUtcNow(), stored.State.Has(recording) ? stored.State.Silo : null);
        var isStopped = await recorders.Stop(silo, Id, recording);
        Forget();
        await stored.Store(stored.State.End(recording, isStopped ? null : now));
        return stored.State.Order is null ? stored.State.Fence : null;
    }

    public async Task<Lease?> Offer(CaptureOrder order) =>
        await IsTaken(order.Recording) ? null : new Lease(stored.State.Lease(order, recorders.OwnName, null).Epoch, recorders.OwnName);

    public async Task<CameraFault?> BeginAway(CaptureOrder order, Lease lease)
    {
        if (await Offer(order) != lease)
        {
            return CameraFault.Busy;
        }

        // In memory alone: the journal has it.
        stored.State = stored.State.Lease(order, recorders.OwnName, null);
        Forget();
        var fault = await capture.Start(Lease());
        if (fault is not null)
        {
            stored.State = stored.State.End(order.Recording, null);
        }

        return fault;
    }

    public async Task Enter(CaptureOrder order, Lease lease)
    {
        await stored.ReadStateAsync();
        await stored.Store(stored.State.Enter(order, lease));
    }

    public async Task<bool> Leave(int epoch)
    {
        if (!await IsPresent(epoch))
        {
            return false;
        }

        await stored.Store(stored.State.Leave());
        Forget();
        if (capture.IsEnding)
        {
            DeactivateOnIdle();
        }
        else
        {
            // The vault here has no space. It goes itself: who knows where it was would call it to life here once more.
            MigrateOnIdle();
        }

        return true;
    }

    public async Task<bool> Tell(int epoch, CaptureHealth health)
    {
        if (!await IsPresent(epoch))
        {
            return false;
        }

        // What cannot be entered now is noted at a later word of the recorder.
        this.health = health;
        if (noted is null && health.Gap is not null)
        {
            await trail.Note("gap-began", $"camera/{Id}", new { health.Part, health.Gap });
            noted = health.Gap;
        }
        else if (noted is { } gap && health.Gap is null)
        {
            await trail.Note("gap-ended", $"camera/{Id}", new { health.Part, gap.Since, Until = health.LastFragmentAt, gap.Fault });
            noted = null;
        }
        else if (noted is not null && health.Gap is { } later)
        {
            // Pictures of before it was said may have come since.
            noted = noted with { Since = later.Since };
        }

        return true;
    }

    public Task<CameraView> Read() =>
        Task.FromResult(new CameraView(Id, stored.State.Order?.Recording, stored.State.Epoch, stored.State.Order is null ? null : health));

    // This activation may be one that the others no longer know of: its silo was frozen or cut off, declared dead, and
    // another has the lease. Only what is stored tells. While the database is away nobody can take a lease, and whoever has
    // it goes on; a lease that is later than what is stored is one of the journal, which is being entered.
    private async Task<bool> IsPresent(int epoch)
    {
        if (recorders.OwnName is not null && !database.IsAway)
        {
            await stored.ReadStateAsync();
        }

        if (epoch > stored.State.Epoch)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, $"The lease {epoch} of {Id} is not entered yet. It is told again.");
        }

        return epoch == stored.State.Epoch && stored.State.Order is not null;
    }

    private async Task<bool> Runs(RecordingId recording) => stored.State.Has(recording) && await recorders.Runs(stored.State.Silo, Id, recording);

    // What has the camera and does not run was stopped while the database is away, or died: it is not in the way.
    private async Task<bool> IsTaken(RecordingId recording) =>
        stored.State.HasOther(recording) && await Runs(stored.State.Order!.Recording);

    // Since the lease was taken this grain may have come to live on another silo, and that of the lease may have gone.
    private async Task<bool> IsHere(Lease lease)
    {
        CheckGoesOn();
        var isIts = stored.State.Order is { } order && stored.State.Epoch == lease.Epoch && (stored.State.Silo == recorders.OwnName || await Runs(order.Recording));
        return isIts ? stored.State.Silo == recorders.OwnName
            : throw new RecordingClusterException(ErrorKind.Unavailable, $"The lease {lease.Epoch} of {Id} is over. It is tried again, under another.");
    }

    private void CheckGoesOn()
    {
        if (capture.IsEnding)
        {
            DeactivateOnIdle();
            throw new RecordingClusterException(ErrorKind.Unavailable, $"The silo that is to record with {Id} is ending. It is tried again, on another.");
        }
    }

    private GivenLease Given() => new(new Lease(stored.State.Epoch, stored.State.Silo), stored.State.Fence);

    private void Forget() => (health, noted) = (null, null);

    private CaptureLease Lease() => new(Id, stored.State.Epoch, stored.State.Order!);
}
