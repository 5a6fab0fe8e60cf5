using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Grains.Bookings;

[GrainType("booking")]
internal sealed class BookingGrain(
    [PersistentState("booking")] IPersistentState<BookingState> stored,
    SitePlan plan,
    SiteTrail trail,
    SteadyClock clock) : Grain, IBookingGrain, IRemindable, IConcernsSomebody
{
    private const string TalkEnd = "talk-end";

    // Orleans ticks no faster than once a minute; a stop that failed is tried again as soon as that.
    private static readonly TimeSpan TalkEndPeriod = TimeSpan.FromMinutes(1);

    string? IConcernsSomebody.Reference => Id.Value;

    private BookingId Id => new(this.GetPrimaryKeyString());

    public async Task<BookOutcome> Book(BookingRequest request)
    {
        var id = BookingId.Of(Id.Value);
        if (stored.State.Plan is { } booked)
        {
            stored.State.CheckSame(id, request);
            return new BookOutcome.Given(booked.Room);
        }

        request.Check(clock.GetUtcNow());

        // The room is reserved before the booking is stored. A crash in between leaves a reservation that the same
        // booking finds again; the other order could promise a room that somebody else has.
        var outcome = await GrainFactory.TownHall(plan.Site).GiveRoom(id, request);
        if (outcome is BookOutcome.Given { Room: var room })
        {
            await stored.Store(stored.State.Book(request, room));
        }

        return outcome;
    }

    public Task RecordLetter(DateOnly sentOn)
    {
        Known();
        return sentOn <= clock.Today()
            ? stored.Store(stored.State.RecordLetter(sentOn))
            : throw RecordingClusterException.Invalid("letter sent on", "is a day to come.", "Record the letter when it has been sent.");
    }

    public async Task<StartOutcome> StartTalk(bool spokenNoticeGiven)
    {
        var room = GrainFactory.Room(Known().Room);
        var regulation = await GrainFactory.Regulation(plan.Site).InForce();
        var terms = regulation?.Terms ?? RegulationTerms.NothingRecorded;
        switch (stored.State.Phase)
        {
            case BookingPhase.Talking talking:
                return talking.Recording is { } earlier ? new StartOutcome.AlreadyStarted(earlier) : new StartOutcome.NotRecorded();
            case BookingPhase.Ended:
                throw new RecordingClusterException(ErrorKind.Conflict, $"The talk of booking {Id} is over. Book a new one.");
            case BookingPhase.Booked when stored.State.IsRecorded && !terms.Recording:
                return new StartOutcome.MayNotRecord(regulation is null ? RecordingBar.NoRegulation : RecordingBar.SwitchedOff);
            case BookingPhase.Booked when await WhyNotNow(room, terms, spokenNoticeGiven) is { } reason:
                return reason;
        }

        var recording = stored.State.IsRecorded ? stored.State.Recording ?? RecordingId.New() : (RecordingId?)null;
        var talk = await room.Occupy(new RoomTalk(Id, recording));
        if (talk.Booking != Id)
        {
            return new StartOutcome.RoomInUse(talk.Booking);
        }

        await RemindOfEnd(terms);
        return recording is { } id ? await StartRecording(room, terms, id) : await StartUnrecorded();
    }

    public async Task<StopOutcome> StopTalk()
    {
        Known();
        if (stored.State.Phase is BookingPhase.Starting)
        {
            // A crash came while the camera was being started, and nobody repeated the start.
            await SettleStart();
        }

        return stored.State.Phase switch
        {
            BookingPhase.Ended ended => new StopOutcome.AlreadyStopped(ended.EndedAt),
            BookingPhase.Talking => new StopOutcome.Stopped(await End()),
            _ => new StopOutcome.NotStarted(),
        };
    }

    public Task<BookingView> Read()
    {
        var state = stored.State;
        return Task.FromResult(new BookingView(
            Id, state.Stage, state.Plan?.Request.Time, state.Plan?.Request.Assessment, state.Plan?.Room, state.Plan?.LetterSentOn,
            state.Recording, state.StartedAt, state.EndedAt));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (stored.State.Plan is not null && clock.GetUtcNow() < stored.State.StopAt((await GrainFactory.Terms(plan.Site)).Grace))
        {
            return;
        }

        if (stored.State.Phase is BookingPhase.Starting)
        {
            await SettleStart();
        }

        if (stored.State.Phase is BookingPhase.Talking)
        {
            var at = await End();
            await trail.Note("talk-ended-by-itself", $"booking/{Id}", new { at });
        }

        await Unremind();
    }

    private async Task<StartOutcome?> WhyNotNow(IRoomGrain room, RegulationTerms terms, bool spokenNoticeGiven)
    {
        var time = stored.State.Plan!.Request.Time;
        var now = clock.GetUtcNow();
        if (now < time.From - terms.EarlyStart || now >= time.Until)
        {
            return new StartOutcome.NotNow(time.From - terms.EarlyStart, time.Until);
        }

        if (stored.State.IsRecorded && !clock.IsTrusted)
        {
            return new StartOutcome.ClockNotTrusted();
        }

        var missing = stored.State.MissingNotices((await room.Read()).StickerCheckedOn, spokenNoticeGiven, clock.Today());
        return missing.IsEmpty ? null : new StartOutcome.NoticesMissing(missing);
    }

    private async Task<StartOutcome> StartRecording(IRoomGrain room, RegulationTerms terms, RecordingId recording)
    {
        await stored.Store(stored.State.Begin(recording));
        var planned = plan.Room(stored.State.Plan!.Room);
        var camera = planned.Camera
            ?? throw new RecordingClusterException(ErrorKind.Conflict, $"Room {planned.Id} no longer has a camera. Book the talk anew.");
        var order = new RecordingOrder(Id, planned.Id, camera, stored.State.StopAt(terms.Grace));
        if (await GrainFactory.Recording(recording).Start(order) is { } fault)
        {
            await stored.Store(stored.State.GiveUpStart());
            await room.Vacate(Id);
            await Unremind();
            return new StartOutcome.CameraNotReady(camera, fault);
        }

        await stored.Store(stored.State.Started(clock.GetUtcNow()));
        return new StartOutcome.Started(recording);
    }

    private async Task<StartOutcome> StartUnrecorded()
    {
        await stored.Store(stored.State.Started(clock.GetUtcNow()));
        return new StartOutcome.NotRecorded();
    }

    // Recording is stopped before the talk is stored as ended: a crash in between is repeated by the reminder, while
    // the other order could leave a camera running after a talk that is over.
    private async Task<DateTimeOffset> End()
    {
        var at = clock.GetUtcNow();
        KeptRecording? kept = null;
        if (stored.State.Recording is { } recording)
        {
            at = await GrainFactory.Recording(recording).Stop() ?? at;
            kept = await Kept(recording);
        }

        await stored.Store(stored.State.End(at));
        await GrainFactory.Room(stored.State.Plan!.Room).EndTalk(Id, kept);
        await Unremind();
        return at;
    }

    // A start that a crash cut off: whether its recording came into being decides whether there was a talk.
    private async Task SettleStart()
    {
        var recording = stored.State.Recording!.Value;
        if (await Kept(recording) is not null)
        {
            await stored.Store(stored.State.Started(clock.GetUtcNow()));
            return;
        }

        await stored.Store(stored.State.GiveUpStart());
        await GrainFactory.Room(stored.State.Plan!.Room).Vacate(Id);
        await Unremind();
    }

    private async Task<KeptRecording?> Kept(RecordingId recording) =>
        await GrainFactory.Recording(recording).Read() is { ExpiresAt: { } expiry } ? new KeptRecording(recording, expiry) : null;

    private Plan Known() =>
        stored.State.Plan ?? throw new RecordingClusterException(ErrorKind.NotFound, $"Nothing is booked under {Id}. Book the talk first.");

    private async Task RemindOfEnd(RegulationTerms terms)
    {
        var due = stored.State.StopAt(terms.Grace) - clock.GetUtcNow();
        await this.RegisterOrUpdateReminder(TalkEnd, due > TimeSpan.Zero ? due : TimeSpan.Zero, TalkEndPeriod);
    }

    private async Task Unremind()
    {
        if (await this.GetReminder(TalkEnd) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
