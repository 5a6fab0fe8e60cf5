using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Bookings;

/// <summary>Objections and what is decided on them (R5).</summary>
internal sealed partial record BookingState
{
    // Each is a piece of stored state; a talk that is objected to more often is a mistake of whoever calls.
    private const int MostObjections = 20;

    /// <summary>Whether there is anything to object to: a recording that was begun, or one that is to come.</summary>
    public bool IsObjectable => Phase switch
    {
        BookingPhase.Booked { Plan: var plan } => plan.IsToBeRecorded,
        BookingPhase.Talking { Plan.IsObjectionUpheld: false, Talk.Kept: Kept.Recorded } => true,
        BookingPhase.Ended { Plan.IsObjectionUpheld: false, Talk.Kept: Kept.Recorded } => true,
        _ => false,
    };

    /// <summary>Of each kind one is open at a time: a repeat is the same objection.</summary>
    public (BookingState Next, Objection Objection) RecordObjection(ObjectionKind kind, string by, DateTimeOffset now)
    {
        var objections = Plan!.Objections;
        if (objections.FirstOrDefault(objection => objection.Kind == kind && objection.Decision is null) is { } open)
        {
            return (this, open);
        }

        if (objections.Length == MostObjections)
        {
            throw new RecordingClusterException(ErrorKind.Conflict, $"A talk has at most {MostObjections} objections. Decide on those there are.");
        }

        var moment = Phase switch
        {
            BookingPhase.Booked => ObjectionMoment.Before,
            BookingPhase.Talking => ObjectionMoment.During,
            _ => ObjectionMoment.After,
        };
        var added = new Objection(objections.Length + 1, kind, moment, by, now);
        return (WithPlan(plan => plan with { Objections = plan.Objections.Add(added) }), added);
    }

    public Objection? FindObjection(int number) => Plan is { } plan && number > 0 && number <= plan.Objections.Length ? plan.Objections[number - 1] : null;

    /// <summary>Who holds the talk, or assessed it before, does not assess it anew.</summary>
    public bool MayDecide(string by) => Talk?.Interviewer != by && Plan!.Assessments.All(made => made.By != by);

    /// <summary>Who decided on an objection does not hold the talk: the interviewer never decides, whichever comes first.</summary>
    public bool HasDecided(string by) => Plan!.Objections.Any(objection => objection.Decision switch
    {
        ObjectionDecision.Upheld upheld => upheld.By == by,
        ObjectionDecision.Rejected rejected => rejected.By == by,
        _ => false,
    });

    /// <summary>The first decision is the one that counts.</summary>
    public BookingState Decide(int number, ObjectionDecision decision) => FindObjection(number) is { Decision: null } open
        ? WithPlan(plan => plan with { Objections = plan.Objections.Replace(open, open with { Decision = decision }) })
        : this;

    private BookingState WithPlan(Func<Plan, Plan> change) => Phase switch
    {
        BookingPhase.Booked booked => this with { Phase = new BookingPhase.Booked(change(booked.Plan)) },
        BookingPhase.Talking talking => this with { Phase = talking with { Plan = change(talking.Plan) } },
        BookingPhase.Ended ended => this with { Phase = ended with { Plan = change(ended.Plan) } },
        BookingPhase.Cancelled cancelled => this with { Phase = cancelled with { Plan = change(cancelled.Plan) } },
        _ => this,
    };
}
