using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Bookings;

/// <summary>The talk: its start with or without recording, its length and its end.</summary>
internal sealed partial class BookingGrain
{
    private const string TalkEnd = "talk-end";

    // Orleans ticks no faster than once a minute; what failed is tried again as soon as that.
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    public async Task<StartOutcome> StartTalk(Language? spokenIn)
    {
        if (spokenIn is { } language && !Enum.IsDefined(language))
        {
            throw RecordingClusterException.Invalid("spokenIn", "comes from a closed list.", "Choose Dutch or English, or leave it out when it was not said.");
        }

        try
        {
            return database.IsAway ? await StartAway(spokenIn) : await StartNow(spokenIn);
        }
        catch (Exception fault) when (DatabaseFault.IsIn(fault) && !database.IsAway)
        {
            database.IsGone();
            return await StartAway(spokenIn);
        }
    }

    private async Task<StartOutcome> StartNow(Language? spokenIn)
    {
        if (await AlreadyBegun() is { } begun)
        {
            return begun;
        }

        var room = GrainFactory.Room(stored.State.Plan!.Room);
        if (stored.State.Phase is BookingPhase.Booked)
        {
            if ((await WhyMayNotRecord() ?? await WhyNotNow(room, spokenIn is not null)) is { } reason)
            {
                return reason;
            }

            if (stored.State.Plan is { IsToBeRecorded: false } plan)
            {
                return await BeginUnrecorded(room, plan.IsObjectionUpheld ? WhyUnrecorded.Objection : WhyUnrecorded.NormalRisk);
            }
        }

        return await BeginRecorded(room, spokenIn);
    }

    public async Task<StartOutcome> StartUnrecorded()
    {
        await Settle();
        if (await AlreadyBegun() is { } begun)
        {
            return begun;
        }

        var room = GrainFactory.Room(stored.State.Plan!.Room);
        var sticker = (await room.Read()).Sticker?.On;
        return stored.State.WhyOff(CameraOf(stored.State.Plan.Room), (await Terms()).Recording, clock.IsTrusted, sticker, clock.Today()) is not { } why
            ? new StartOutcome.NothingInTheWay()
            : await TooEarlyOrLate() ?? (stored.State.IsUnconfirmed ? new StartOutcome.NoticesMissing([], NeedsConfirmation: true) : await BeginUnrecorded(room, why));
    }

    public async Task ChooseWithoutCamera(CameraOffChoice choice)
    {
        if (!Enum.IsDefined(choice))
        {
            throw RecordingClusterException.Invalid("choice", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<CameraOffChoice>())}.");
        }

        var plan = await BeforeTheTalk();
        if (plan.CameraOff is null)
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"No camera failed at a start of booking {Id}. Start the talk; it says when one does.");
        }

        await stored.Store(stored.State.Choose(choice, Caller, clock.GetUtcNow()));
    }

    public async Task<LengthenOutcome> Lengthen(DateTimeOffset until)
    {
        Known();
        await Settle();
        var (now, terms) = (clock.GetUtcNow(), await Terms());
        if (stored.State.Phase is not BookingPhase.Talking { Plan: var plan } || now >= stored.State.StopAt(terms.Grace))
        {
            return new LengthenOutcome.NotTalking();
        }

        if (until < plan.Time.Until)
        {
            throw RecordingClusterException.Invalid("until", $"is before {plan.Time.Until:u}, until when the talk is booked.", "Stop the talk when it is over.");
        }

        new BookingRequest(plan.Time with { Until = until }, plan.Assessment).Check(now);
        var room = GrainFactory.Room(plan.Room);
        var claim = new TimeRange(now < plan.Time.From ? plan.Time.From : now, until);
        var apart = await Apart();
        if (!await room.Reserve(Id, claim, apart))
        {
            return new LengthenOutcome.InTheWay(new RoomAgenda(plan.Room, await room.Agenda()).LatestEnd(Id, claim, apart));
        }

        // The recorder is told before the booking is stored. A crash in between leaves a recorder that would go on for
        // longer than the talk, which the reminder ends in time; the other order could leave a talk that nobody records.
        if (stored.State.Recording is { } recording)
        {
            await GrainFactory.Recording(recording).Extend(until + terms.Grace);
        }

        await stored.Store(stored.State.Lengthen(until));
        await RemindOfEnd();
        await room.Release(Id, claim);
        return new LengthenOutcome.Lengthened(until);
    }

    public async Task<StopOutcome> StopTalk()
    {
        Known();
        try
        {
            return database.IsAway ? await StopAway() : await StopNow();
        }
        catch (Exception fault) when (DatabaseFault.IsIn(fault) && !database.IsAway)
        {
            // It went away in the midst of it. Recording stops all the same.
            database.IsGone();
            return await StopAway();
        }
    }

    private async Task<StopOutcome> StopNow()
    {
        await Settle();
        return stored.State.Phase switch
        {
            BookingPhase.Ended ended => new StopOutcome.AlreadyStopped(ended.EndedAt),
            BookingPhase.Talking => new StopOutcome.Stopped(await End(clock.GetUtcNow())),
            _ => new StopOutcome.NotStarted(),
        };
    }

    private async Task<StartOutcome?> AlreadyBegun()
    {
        Known();
        switch (stored.State.Phase)
        {
            case BookingPhase.Talking or BookingPhase.Swapping:
                return stored.State.Talk!.Kept switch
                {
                    Kept.Recorded recorded => new StartOutcome.AlreadyStarted(recorded.Recording),
                    Kept.Off off => new StartOutcome.NotRecorded(off.Why),
                    var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
                };
            case BookingPhase.Ended or BookingPhase.Cancelled:
                throw new RecordingClusterException(ErrorKind.Conflict, $"The talk of booking {Id} is over or was cancelled. Book a new one.");
            case BookingPhase.Booked when stored.State.HasDecided(Caller):
                throw new RecordingClusterException(ErrorKind.Denied, "Who decided on an objection against a talk does not hold it (R5). Let somebody else start it.");
            default:
                return null;
        }
    }

    private async Task<StartOutcome?> WhyNotNow(IRoomGrain room, bool spoken)
    {
        if (await TooEarlyOrLate() is { } notNow)
        {
            return notNow;
        }

        if (stored.State.Plan!.IsToBeRecorded && !clock.IsTrusted)
        {
            return new StartOutcome.ClockNotTrusted();
        }

        var missing = stored.State.MissingNotices((await room.Read()).Sticker?.On, spoken, clock.Today());
        return !missing.IsEmpty || stored.State.IsUnconfirmed ? new StartOutcome.NoticesMissing(missing, stored.State.IsUnconfirmed)
            : stored.State.Plan is { IsToBeRecorded: true, HasOpenObjection: true } ? new StartOutcome.ObjectionOpen()
            : null;
    }

    private async Task<StartOutcome?> WhyMayNotRecord() =>
        stored.State.Plan!.IsToBeRecorded && await GrainFactory.Regulation(site.Site).InForce() is not { Terms.Recording: true } and var regulation
            ? new StartOutcome.MayNotRecord(regulation is null ? RecordingBar.NoRegulation : RecordingBar.SwitchedOff)
            : null;

    private async Task<StartOutcome?> TooEarlyOrLate()
    {
        var (time, now) = (stored.State.Plan!.Time, clock.GetUtcNow());
        var opens = time.From - (await Terms()).EarlyStart;
        return now < opens || now >= time.Until ? new StartOutcome.NotNow(opens, time.Until) : null;
    }

    private async Task<StartOutcome> BeginRecorded(IRoomGrain room, Language? spokenIn)
    {
        var recording = stored.State.Recording ?? RecordingId.New();
        if (await Occupy(room, recording) is { } inUse)
        {
            return inUse;
        }

        await RemindOfEnd();
        if (spokenIn is { } language)
        {
            await stored.Store(stored.State.Begin(recording, new SpokenNotice(language, Caller, clock.GetUtcNow())));
        }

        var order = await OrderFor(stored.State.Plan!.Room);
        if (await GrainFactory.Recording(recording).Start(order) is { } fault)
        {
            await GiveUpStart(new CameraOff(order.Camera, fault, clock.GetUtcNow()));
            return new StartOutcome.CameraNotReady(order.Camera, fault);
        }

        await stored.Store(stored.State.Started(clock.GetUtcNow()));
        return new StartOutcome.Started(recording);
    }

    private async Task<StartOutcome> BeginUnrecorded(IRoomGrain room, WhyUnrecorded why)
    {
        if (await Occupy(room, null) is { } inUse)
        {
            return inUse;
        }

        await RemindOfEnd();
        await stored.Store(stored.State.StartedUnrecorded(why, Caller, clock.GetUtcNow()));
        return new StartOutcome.NotRecorded(why);
    }

    private async Task<StartOutcome.RoomInUse?> Occupy(IRoomGrain room, RecordingId? recording)
    {
        var talk = await room.Occupy(new RoomTalk(Id, recording));
        return talk.Booking == Id ? null : new StartOutcome.RoomInUse(talk.Booking);
    }

    private async Task<RecordingOrder> OrderFor(RoomId room) => new(
        Id,
        room,
        CameraOf(room) ?? throw new RecordingClusterException(ErrorKind.Conflict, $"Room {room} no longer has a camera. Book the talk anew."),
        stored.State.StopAt((await Terms()).Grace));

    // Recording is stopped before the talk is stored as ended: a crash in between is repeated by the reminder, while
    // the other order could leave a camera running after a talk that is over.
    private async Task<DateTimeOffset> End(DateTimeOffset at)
    {
        KeptRecording? kept = null;
        if (stored.State.Recording is { } recording)
        {
            at = await GrainFactory.Recording(recording).StopAsOf(at) ?? at;
            kept = await KeptOf(recording);
        }

        await stored.Store(stored.State.End(at));
        await GrainFactory.Room(stored.State.Plan!.Room).EndTalk(Id, kept);
        await Unremind(TalkEnd);
        return at;
    }

    // A start that a crash cut off: whether its recording came into being decides whether there was a talk.
    private async Task SettleStart()
    {
        if (await KeptOf(stored.State.Recording!.Value) is not null)
        {
            await stored.Store(stored.State.Started(clock.GetUtcNow()));
        }
        else
        {
            await GiveUpStart(null);
        }
    }

    private async Task GiveUpStart(CameraOff? off)
    {
        await stored.Store(stored.State.GiveUpStart(off));
        await GrainFactory.Room(stored.State.Plan!.Room).Vacate(Id);
        await Unremind(TalkEnd);
    }

    private async Task<KeptRecording?> KeptOf(RecordingId recording) =>
        await GrainFactory.Recording(recording).Read() is { Stage: not RecordingStage.Erased, ExpiresAt: { } expiry } ? new KeptRecording(recording, expiry) : null;

    private async Task RemindOfEnd()
    {
        var due = stored.State.StopAt((await Terms()).Grace) - clock.GetUtcNow();
        await this.RegisterOrUpdateReminder(TalkEnd, due > TimeSpan.Zero ? due : TimeSpan.Zero, Retry);
    }
}
