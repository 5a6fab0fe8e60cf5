using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Bookings;

/// <summary>What is stored of a booking, and every decision on it: here what is planned, beside it the talk and the objections.</summary>
internal sealed partial record BookingState
{
    public BookingPhase Phase { get; init; } = new BookingPhase.Unknown();

    public Plan? Plan => Phase switch
    {
        BookingPhase.Booked booked => booked.Plan,
        BookingPhase.Starting starting => starting.Plan,
        BookingPhase.Talking talking => talking.Plan,
        BookingPhase.Swapping swapping => swapping.Plan,
        BookingPhase.Ended ended => ended.Plan,
        BookingPhase.Cancelled cancelled => cancelled.Plan,
        _ => null,
    };

    public BookingStage Stage => Phase switch
    {
        BookingPhase.Booked or BookingPhase.Starting => BookingStage.Booked,
        BookingPhase.Talking or BookingPhase.Swapping => BookingStage.Talking,
        BookingPhase.Ended => BookingStage.Ended,
        BookingPhase.Cancelled => BookingStage.Cancelled,
        _ => BookingStage.Unknown,
    };

    /// <summary>The same reference with other facts is refused: one of the two must be wrong.</summary>
    public void CheckSame(BookingId id, BookingRequest request)
    {
        if (Phase is BookingPhase.Cancelled)
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"Booking {id} was cancelled. Book the talk under a new reference.");
        }

        if (Plan is { } plan && plan.Request != request)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict, $"Booking {id} exists with another time or assessment. Book the other talk under a reference of its own.");
        }
    }

    public BookingState Book(BookingRequest request, RoomId room, string by, DateTimeOffset now) => Phase is BookingPhase.Unknown
        ? this with { Phase = new BookingPhase.Booked(new Plan(request.Time, room, [new AssessmentMade(request.Assessment, by, now)], [])) }
        : this;

    public BookingState Rebook(TimeRange time, RoomId room) => ChangeBooked(plan => plan with { Time = time, Room = room });

    /// <summary>An assessment that stands already is not made again.</summary>
    public BookingState Reassess(RiskAssessment assessment, RoomId room, string by, DateTimeOffset now) => ChangeBooked(plan => plan.Assessment == assessment
        ? plan
        : plan with { Room = room, Assessments = plan.Assessments.Add(new AssessmentMade(assessment, by, now)), Confirmed = null });

    /// <summary>The first confirmation counts; nobody confirms one's own assessment.</summary>
    public (BookingState Next, ConfirmOutcome Outcome) Confirm(string by, DateTimeOffset now)
    {
        var plan = Plan!;
        if (plan.Confirmed is { } earlier)
        {
            return (this, new ConfirmOutcome.Confirmed(earlier));
        }

        if (Phase is not BookingPhase.Booked || !plan.Assessment.NeedsConfirmation)
        {
            return (this, new ConfirmOutcome.NotNeeded());
        }

        if (plan.Assessments[^1].By == by)
        {
            return (this, new ConfirmOutcome.OwnAssessment());
        }

        var confirmed = new Confirmation(by, now);
        return (ChangeBooked(known => known with { Confirmed = confirmed }), new ConfirmOutcome.Confirmed(confirmed));
    }

    public BookingState Cancel(DateTimeOffset now) =>
        Phase is BookingPhase.Booked { Plan: var plan } ? this with { Phase = new BookingPhase.Cancelled(plan, now) } : this;

    /// <summary>The first letter stays. After the start a letter is no longer a notice beforehand.</summary>
    public BookingState RecordLetter(LetterNotice letter) => ChangeBooked(plan => plan with { Letter = plan.Letter ?? letter });

    private BookingState ChangeBooked(Func<Plan, Plan> change) =>
        Phase is BookingPhase.Booked { Plan: var plan } && change(plan) is var changed && changed != plan ? this with { Phase = new BookingPhase.Booked(changed) } : this;
}
