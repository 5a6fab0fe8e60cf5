using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Grains.Recordings;

[GrainType("recording")]
internal sealed partial class RecordingGrain(
    [PersistentState("recording")] IPersistentState<RecordingState> stored,
    IVault vault,
    IErasedRows rows,
    ISiloPlaces places,
    SitePlan plan,
    RecordingRules rules,
    SteadyClock clock,
    ILogger<RecordingGrain> log) : Grain, IRecordingGrain, IRemindable
{
    private RecordingId Id => new(this.GetPrimaryKey());

    private ICameraGrain Camera(Making making) => GrainFactory.Camera(making.Order.Camera);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A crash between storing the start and registering leaves a recording that nothing would erase but the sweep.
        if (stored.State.Making is { } making && await this.GetReminder(Expiry, cancellationToken) is null)
        {
            await RemindOfExpiry(making);
        }
    }

    public async Task<CameraFault?> Start(RecordingOrder order)
    {
        if (!places.IsReached(order.Camera))
        {
            LogNoSilo(order.Camera);
            return CameraFault.NoSilo;
        }

        // The decision and its reminder are stored before a camera runs. A crash in between leaves a recording that says
        // it is capturing with nothing behind it, which start-up takes up again. The other order could leave a camera
        // running that no record knows of.
        await stored.Store(stored.State.Begin(order, await ReadRegulation(), clock.GetUtcNow()));
        if (stored.State.Phase is not RecordingPhase.Capturing { Making: var making })
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"{Id} has ended and cannot start again. Start a new recording.");
        }

        await RemindOfExpiry(making);
        var fault = await BeginRecording(making);
        if (fault is not null)
        {
            await Unremind();
            await stored.ClearStateAsync();
        }

        return fault;
    }

    public Task<DateTimeOffset?> Stop() => StopAsOf(clock.GetUtcNow());

    public async Task<DateTimeOffset?> StopAsOf(DateTimeOffset at)
    {
        await Decide(state => state.Stop(at));
        return stored.State.EndedAt;
    }

    public async Task Enter(RecordingOrder order, CaptureOrder capture, Lease lease)
    {
        await stored.Store(stored.State.Enter(order, capture, lease));
        if (stored.State.Making is { } making)
        {
            await RemindOfExpiry(making);
        }
    }

    public Task Hold() => Decide(state => state.Hold(clock.GetUtcNow()));

    public async Task Follow()
    {
        await FollowRegulation();
        await GoOn();
    }

    public async Task Release()
    {
        await FollowRegulation();
        await Decide(state => state.Release(clock.GetUtcNow()));
        await GoOn();
    }

    public async Task<CameraFault?> Move(RecordingOrder order)
    {
        if (!places.IsReached(order.Camera))
        {
            LogNoSilo(order.Camera);
            return CameraFault.NoSilo;
        }

        await FollowRegulation();
        var before = stored.State.Making?.Order;
        await Decide(state => state.Move(order));
        if (before?.Camera == order.Camera)
        {
            await GoOn();
            return null;
        }

        if (stored.State.Phase is not RecordingPhase.Capturing { Making: var making })
        {
            return null;
        }

        var fault = await BeginRecording(making);
        if (fault is not null)
        {
            await stored.Store(stored.State.MoveBack(before!));
            await GoOn();
        }

        return fault;
    }

    public async Task Extend(DateTimeOffset stopAt)
    {
        await Decide(state => state.Extend(stopAt));
        if (stored.State.Phase is RecordingPhase.Capturing { Making: var making } && !await Camera(making).Extend(Id, stopAt))
        {
            // Its deadline came a moment before its new end: it goes on as a new part.
            await GoOn();
        }
    }

    public async Task Resume()
    {
        await FollowRegulation();
        if (stored.State.Phase is RecordingPhase.Capturing { Making: var making })
        {
            if (clock.GetUtcNow() < making.Order.StopAt)
            {
                await GoOn();
                return;
            }

            await Decide(state => state.Stop(making.Order.StopAt));
        }
    }

    public async Task Return()
    {
        var state = stored.State;
        if (state.Making is not null)
        {
            var (parts, copies) = await vault.Parts(Id, state.Parts, state.Fences);
            await stored.Store(state.Return(parts).KnowCopies(copies));
        }
    }

    public Task KnowParts(ImmutableArray<Part> parts) => stored.Store(stored.State.KnowParts(parts));

    public async Task<bool> KnowCopy(PartCopy copy)
    {
        if (stored.State.IsExpired(clock.GetUtcNow()))
        {
            return false;
        }

        await stored.Store(stored.State.KnowCopy(copy));
        return stored.State.Copies.Contains(copy) && stored.State.Phase is not RecordingPhase.Condemned;
    }

    public async Task<RecordingView> Read()
    {
        var state = stored.State;
        if (state.Making is not { } making)
        {
            var certificate = await GrainFactory.AuditTrail(plan.Site).CertificateOf(Id);
            return new RecordingView(
                Id, certificate is null ? RecordingStage.Unknown : RecordingStage.Erased, null, null, null, null, certificate?.DueAt, [], certificate, []);
        }

        return new RecordingView(
            Id, state.StageAt(clock.GetUtcNow()), making.Order.Booking, making.Order.Room, making.StartedAt, state.EndedAt, making.ExpiresAt, state.Parts, null, state.Copies);
    }

    // Asked here too, and not only before the talk: what was switched off in between must hold.
    private async Task<RegulationInForce> ReadRegulation() =>
        await GrainFactory.NeedRegulation(plan.Site) is { Terms.Recording: true } regulation
            ? regulation
            : throw new RecordingClusterException(ErrorKind.Conflict, "Recording is switched off by decision, so nothing is recorded. It is switched on again by a new version of the regulation.");

    // Before each new part: what was switched off must not go into it.
    private async Task FollowRegulation()
    {
        var terms = await GrainFactory.Terms(plan.Site);
        await Decide(state => state.Follow(terms, clock.GetUtcNow()));
    }

    // What a crash cut off is carried out before anything new is decided.
    private async Task Decide(Func<RecordingState, RecordingState> decision)
    {
        await CarryOut();
        await stored.Store(decision(stored.State));
        await CarryOut();
    }

    private async Task CarryOut()
    {
        if (stored.State.Phase is RecordingPhase.Stopping or RecordingPhase.Holding or RecordingPhase.Moving or RecordingPhase.Silencing)
        {
            var state = stored.State.Shut(await Camera(stored.State.Making!).End(Id));
            var (parts, copies) = await vault.Parts(Id, state.Parts, state.Fences);
            await stored.Store(state.CameraStopped(parts).KnowCopies(copies));
        }
    }

    // Of vaults that take nothing each is found out once: by then the others know, and the camera's grain has left that silo.
    private async Task<CameraFault?> BeginRecording(Making making)
    {
        var fault = await Record(making, (camera, lease) => camera.Begin(lease));
        for (var others = places.Silos.Count - 1; others > 0 && fault?.IsOfVault() == true && places.HasSpaceFor(making.Order.Camera); others--)
        {
            fault = await Record(making, (camera, lease) => camera.Begin(lease));
        }

        return fault;
    }

    private async Task GoOn()
    {
        if (stored.State.Phase is RecordingPhase.Capturing { Making: var making } && await Record(making, Resume) is { } fault)
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"{Id} cannot go on with {making.Order.Camera}: {fault}. End the talk that has the camera.");
        }
    }

    private static async Task<CameraFault?> Resume(ICameraGrain camera, Lease lease)
    {
        await camera.Resume(lease);
        return null;
    }

    // The recording knows of a lease before there is a part: otherwise one that nobody heard of could outlive it. The camera's grain
    // does not call back to tell of it: this one takes no call from when it is to leave its silo, and each would wait for the other.
    private async Task<CameraFault?> Record(Making making, Func<ICameraGrain, Lease, Task<CameraFault?>> begin)
    {
        var camera = Camera(making);
        if (await camera.Take(stored.State.CaptureOrder(Id, plan.Site)) is not { } given)
        {
            return CameraFault.Busy;
        }

        await stored.Store(stored.State.KnowLease(given.Lease, given.Fence));
        return await begin(camera, given.Lease);
    }

    [LoggerMessage(1203, LogLevel.Critical, "No silo that runs reaches the network of {Camera}: start one whose Network:CameraNetworks names it")]
    private partial void LogNoSilo(CameraId camera);
}
