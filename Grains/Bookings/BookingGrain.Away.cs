using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Regulations;

namespace RecordingCluster.Grains.Bookings;

/// <summary>
/// While the database is away: by what this grain and those of room, camera and regulation know, and by the journal. What is
/// not known, and what the journal is not for, is refused.
/// </summary>
internal sealed partial class BookingGrain
{
    private const string StartDeed = "booking/start";
    private const string StopDeed = "booking/stop";

    public async Task Enter(ImmutableArray<JournalEntry> entries)
    {
        // What memory knew beyond the table is in these entries.
        await stored.ReadStateAsync();
        var given = entries.Select(entry => entry.Deed).OfType<AwayDeed.GaveUp>().Select(deed => deed.Recording).ToHashSet();
        foreach (var entry in entries.Where(entry => entry.Deed is not AwayDeed.Started started || !given.Contains(started.Capture.Recording)))
        {
            await Enter(entry);
            await GrainFactory.AuditTrail(site.Site).WriteLate(entry.Note, entry.At, entry.Id);
        }
    }

    private Task Enter(JournalEntry entry) => entry.Deed switch
    {
        AwayDeed.Started started => EnterStart(entry, started),
        AwayDeed.StartedUnrecorded started => EnterUnrecorded(entry.At, started),
        AwayDeed.GaveUp gaveUp => EnterGiveUp(entry.At, gaveUp.Recording),
        AwayDeed.Stopped => EnterStop(entry.At),
        _ => Task.CompletedTask,
    };

    private async Task EnterStart(JournalEntry entry, AwayDeed.Started started)
    {
        await Settle();
        if (stored.State.Phase is not BookingPhase.Booked)
        {
            return; // entered before, by this silo or another that had the entry too
        }

        var recording = started.Capture.Recording;
        await GrainFactory.Recording(recording).Enter(started.Order, started.Capture, started.Lease);
        await GrainFactory.Camera(started.Order.Camera).Enter(started.Capture, started.Lease);
        await GrainFactory.Room(started.Order.Room).Occupy(new RoomTalk(Id, recording));
        await RemindOfEnd();
        await stored.Store(stored.State.Begin(recording, started.Spoken).Started(entry.At));
        await processed.EndLate(processed.Begin(StartDeed), Id.Value);
    }

    private async Task EnterUnrecorded(DateTimeOffset at, AwayDeed.StartedUnrecorded started)
    {
        if (stored.State.Phase is BookingPhase.Booked { Plan: var plan })
        {
            await GrainFactory.Room(plan.Room).Occupy(new RoomTalk(Id, null));
            await RemindOfEnd();
            await stored.Store(stored.State.StartedUnrecorded(started.Why, started.By, at));
        }
    }

    // A start that the absence cut off in the middle, and that was not carried on: what it may have made is sealed.
    private async Task EnterGiveUp(DateTimeOffset at, RecordingId recording)
    {
        if (stored.State.Phase is BookingPhase.Starting starting && starting.Recording == recording)
        {
            await GrainFactory.Recording(recording).StopAsOf(at);
            await GiveUpStart(null);
        }
    }

    // A swap that was cut off is given up, and not carried on: the talk is over, so no other camera begins.
    private async Task EnterStop(DateTimeOffset at)
    {
        if (stored.State.Phase is BookingPhase.Swapping { To: var to })
        {
            await GiveUpSwap(to);
        }

        await Settle();
        if (stored.State.Phase is BookingPhase.Talking)
        {
            await End(at);
        }
    }

    private async Task<StopOutcome> StopAway()
    {
        switch (stored.State.Phase)
        {
            case BookingPhase.Ended ended:
                return await Keep(StopDeed, clock.GetUtcNow(), new StopOutcome.AlreadyStopped(ended.EndedAt), new AwayDeed.None());
            case BookingPhase.Starting or BookingPhase.Talking or BookingPhase.Swapping:
                var outcome = new StopOutcome.Stopped(clock.GetUtcNow());
                try
                {
                    // The journal first: from then on nobody takes it up again, whatever dies.
                    await Keep(StopDeed, outcome.At, outcome, new AwayDeed.Stopped());
                }
                finally
                {
                    await StopRecording(); // whatever becomes of the journal
                }

                stored.State = stored.State.EndAway(outcome.At);
                return outcome;
            default:
                return await Keep(StopDeed, clock.GetUtcNow(), new StopOutcome.NotStarted(), new AwayDeed.None());
        }
    }

    private Task StopRecording() => stored.State.Recording is { } recording
        ? Task.WhenAll(RoomsOfTalk().Select(CameraOf).OfType<CameraId>().Select(camera => recorders.StopAnywhere(camera, recording)))
        : Task.CompletedTask;

    private IEnumerable<RoomId> RoomsOfTalk() => stored.State.Phase is BookingPhase.Swapping swapping ? [swapping.Plan.Room, swapping.To] : [stored.State.Plan!.Room];

    private async Task<StartOutcome> StartAway(Language? spokenIn)
    {
        Known();
        if (stored.State.Phase is BookingPhase.Starting starting)
        {
            await GiveUpAway(starting);
        }

        if (await AlreadyBegun() is { } begun)
        {
            return await Keep(StartDeed, clock.GetUtcNow(), begun, new AwayDeed.None());
        }

        var plan = stored.State.Plan!;
        var room = GrainFactory.Room(plan.Room);
        if ((await WhyMayNotRecord() ?? await WhyNotNow(room, spokenIn is not null) ?? await InUse(room)) is { } reason)
        {
            return await Keep(StartDeed, clock.GetUtcNow(), reason, new AwayDeed.None());
        }

        if (plan.IsToBeRecorded)
        {
            return await RecordAway(plan.Room, new SpokenNotice(spokenIn!.Value, Caller, clock.GetUtcNow()));
        }

        var why = plan.IsObjectionUpheld ? WhyUnrecorded.Objection : WhyUnrecorded.NormalRisk;
        var now = clock.GetUtcNow();
        var outcome = await Keep(StartDeed, now, new StartOutcome.NotRecorded(why), new AwayDeed.StartedUnrecorded(why, Caller));
        stored.State = stored.State.StartedUnrecorded(why, Caller, now);
        return outcome;
    }

    // Begun with the database and cut off: it begins anew, under another id, so that nothing is left of which nobody knows how far it came.
    private async Task GiveUpAway(BookingPhase.Starting starting)
    {
        var camera = CameraOf(starting.Plan.Room)!.Value;
        await Keep(StartDeed, clock.GetUtcNow(), new StartOutcome.CameraNotReady(camera, CameraFault.VaultFailed), new AwayDeed.GaveUp(starting.Recording));
        await recorders.StopAnywhere(camera, starting.Recording);
        stored.State = stored.State.GiveUpStart(null);
    }

    private async Task<StartOutcome> RecordAway(RoomId room, SpokenNotice spoken)
    {
        var order = await OrderFor(room);
        var regulation = await GrainFactory.NeedRegulation(site.Site);
        var capture = new CaptureOrder(
            RecordingId.New(), site.Site, room, spoken.At, spoken.At + regulation.Terms.Retention, order.StopAt, regulation.Version.Value, Sound: regulation.Terms.Sound);
        if (!places.IsReached(order.Camera))
        {
            return await Keep(StartDeed, clock.GetUtcNow(), new StartOutcome.CameraNotReady(order.Camera, CameraFault.NoSilo), new AwayDeed.None());
        }

        var camera = GrainFactory.Camera(order.Camera);
        if (await camera.Offer(capture) is not { } lease)
        {
            return await Keep(StartDeed, clock.GetUtcNow(), new StartOutcome.CameraNotReady(order.Camera, CameraFault.Busy), new AwayDeed.None());
        }

        // As a lease is stored before a camera runs, it is in the journal before: a crash in between leaves one that nothing
        // runs under, and that the next passes.
        var outcome = await Keep(StartDeed, spoken.At, new StartOutcome.Started(capture.Recording), new AwayDeed.Started(order, capture, lease, spoken));
        if (await camera.BeginAway(capture, lease) is { } fault)
        {
            return await Keep(StartDeed, clock.GetUtcNow(), new StartOutcome.CameraNotReady(order.Camera, fault), new AwayDeed.GaveUp(capture.Recording));
        }

        stored.State = stored.State.Begin(capture.Recording, spoken).Started(spoken.At);
        return outcome;
    }

    // The room hears of the end of a talk when the database is back; the talk itself knows now.
    private async Task<StartOutcome?> InUse(IRoomGrain room) =>
        (await room.Read()).Talk is { } talk && talk.Booking != Id && (await GrainFactory.Booking(talk.Booking).Read()).Stage != BookingStage.Ended
            ? new StartOutcome.RoomInUse(talk.Booking)
            : null;

    // On disk before it is done.
    private async Task<T> Keep<T>(string deed, DateTimeOffset at, T outcome, AwayDeed done)
        where T : IOutcome
    {
        var caller = callers.Get();
        var refusal = outcome.Refusal;
        var note = new AuditNote(
            caller.ToString(), deed, $"booking/{Id}", Origin.Of(caller), refusal is null ? AuditResult.Done : AuditResult.Refused, null, refusal is null ? AuditDetail.Of(outcome) : AuditDetail.Refused(refusal));
        await journals.Keep(new JournalEntry(JournalEntryId.New(), at, Id, note, done));
        return outcome;
    }
}
