using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Grains.Bookings;

/// <summary>Here what is planned; beside it the talk, the objections, and what goes on while the database is away.</summary>
/// <remarks>It stays in memory for a day, since a grain that has to be read first is of no use while the database is away.</remarks>
[GrainType("booking"), CollectionAgeLimit(Hours = 24)]
internal sealed partial class BookingGrain(
    [PersistentState("booking")] IPersistentState<BookingState> stored,
    SitePlan site,
    RecordingRules rules,
    CurrentCaller callers,
    SiteTrail trail,
    ISiloPlaces places,
    DatabasePresence database,
    Journals journals,
    Recorders recorders,
    ProcessedDeeds processed,
    SteadyClock clock) : Grain, IBookingGrain, IRemindable, IConcernsSomebody
{
    string? IConcernsSomebody.Reference => Id.Value;

    private BookingId Id => new(this.GetPrimaryKeyString());

    private string Caller => callers.Get().Subject;

    public async Task<BookOutcome> Book(BookingRequest request)
    {
        var id = BookingId.Of(Id.Value);
        if (stored.State.Plan is { } booked)
        {
            stored.State.CheckSame(id, request);
            return new BookOutcome.Given(booked.Room);
        }

        return await Claim(request, (state, room) => state.Book(request, room, Caller, clock.GetUtcNow()));
    }

    public async Task<BookOutcome> Rebook(TimeRange time)
    {
        var plan = await BeforeTheTalk();
        return await Claim(plan.Request with { Time = time }, (state, room) => state.Rebook(time, room));
    }

    public async Task<BookOutcome> Reassess(RiskAssessment assessment)
    {
        var plan = await BeforeTheTalk();
        return await Claim(plan.Request with { Assessment = assessment }, (state, room) => state.Reassess(assessment, room, Caller, clock.GetUtcNow()));
    }

    public async Task<ConfirmOutcome> ConfirmAssessment()
    {
        Known();
        var (next, outcome) = stored.State.Confirm(Caller, clock.GetUtcNow());
        await stored.Store(next);
        return outcome;
    }

    public async Task<CancelOutcome> Cancel()
    {
        Known();
        await Settle();
        await stored.Store(stored.State.Cancel(clock.GetUtcNow()));
        if (stored.State.Phase is not BookingPhase.Cancelled { At: var at })
        {
            return new CancelOutcome.Begun(stored.State.Talk!.StartedAt);
        }

        await ReleaseAllBut(null, null);
        return new CancelOutcome.Cancelled(at);
    }

    public Task RecordLetter(LetterNotice letter)
    {
        Known();
        letter.Check(clock.Today());
        return stored.Store(stored.State.RecordLetter(letter));
    }

    public async Task<BookingView> Read()
    {
        var (state, plan) = (stored.State, stored.State.Plan);
        return new BookingView
        {
            Id = Id,
            Stage = state.Stage,
            Time = plan?.Time,
            Room = plan?.Room,
            Assessments = plan?.Assessments ?? [],
            Confirmed = plan?.Confirmed,
            Letter = plan?.Letter,
            Spoken = (state.Talk?.Kept as Kept.Recorded)?.Spoken,
            CameraOff = plan?.CameraOff,
            Recording = state.Recording,
            Unrecorded = (state.Talk?.Kept as Kept.Off)?.Why,
            Interviewer = state.Talk?.Interviewer,
            StartedAt = state.Talk?.StartedAt,
            EndedAt = state.EndedAt,
            Objections = plan?.Objections ?? [],
            Gap = await Gap(state),
        };
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (database.IsAway)
        {
            return; // the next tick is a minute away
        }

        await Settle();
        if (reminderName == Objections)
        {
            await CarryOutObjections();
            return;
        }

        if (stored.State.Plan is not null && clock.GetUtcNow() < stored.State.StopAt((await Terms()).Grace))
        {
            return;
        }

        if (stored.State.Phase is BookingPhase.Talking)
        {
            // The recorder stopped by itself when it was time. Where nobody could say so then, that is when it ended.
            var (now, due) = (clock.GetUtcNow(), stored.State.StopAt((await Terms()).Grace));
            var late = now - due > Retry;
            var at = await End(late ? due : now);
            await trail.Note("talk-ended-by-itself", $"booking/{Id}", new { at, late });
        }

        await Unremind(TalkEnd);
    }

    // The room is reserved before the booking is stored. A crash in between leaves a reservation that the same booking
    // finds again; the other order could promise a room that somebody else has. What it had before goes back last.
    private async Task<BookOutcome> Claim(BookingRequest request, Func<BookingState, RoomId, BookingState> decision)
    {
        request.Check(clock.GetUtcNow());
        var outcome = await GrainFactory.TownHall(site.Site).GiveRoom(Id, request);
        if (outcome is BookOutcome.Given { Room: var room })
        {
            await stored.Store(decision(stored.State, room));
            await ReleaseAllBut(room, request.Time);
        }

        return outcome;
    }

    private Task ReleaseAllBut(RoomId? room, TimeRange? time) =>
        Task.WhenAll(site.Rooms.Select(planned => GrainFactory.Room(planned.Id).Release(Id, planned.Id == room ? time : null)));

    private async Task<Plan> BeforeTheTalk()
    {
        Known();
        await Settle();
        return stored.State.Phase is BookingPhase.Booked { Plan: var plan }
            ? plan
            : throw new RecordingClusterException(ErrorKind.Conflict, $"The talk of booking {Id} has begun, is over or was cancelled. Book another.");
    }

    // What a crash cut off is settled before anything new is decided.
    private async Task Settle()
    {
        switch (stored.State.Phase)
        {
            case BookingPhase.Starting:
                await SettleStart();
                break;
            case BookingPhase.Swapping:
                await CarryOutSwap();
                break;
        }
    }

    private Plan Known() =>
        stored.State.Plan ?? throw new RecordingClusterException(ErrorKind.NotFound, $"Nothing is booked under {Id}. Book the talk first.");

    private Task<RegulationTerms> Terms() => GrainFactory.Terms(site.Site);

    private CameraId? CameraOf(RoomId room) => site.Rooms.FirstOrDefault(planned => planned.Id == room)?.Camera;

    private async Task<CaptureGap?> Gap(BookingState state) =>
        state is { Stage: BookingStage.Talking, Recording: { } recording, Plan.Room: var room } && CameraOf(room) is { } camera && places.IsReached(camera)
        && await GrainFactory.Camera(camera).Read() is { Health.Gap: { } gap } view && view.Recording == recording
            ? gap
            : null;

    private async Task Unremind(string name)
    {
        if (await this.GetReminder(name) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
