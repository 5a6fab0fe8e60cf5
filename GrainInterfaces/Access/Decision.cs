using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What the secretary decided. The first decision is the one that counts; a later call is told of it.</summary>
[GenerateSerializer, Immutable, Alias("decision")]
public abstract record Decision : IOutcome
{
    private Decision()
    {
    }

    // A decision against looking is a deed that was done, not one that was refused.
    public virtual string? Refusal => null;

    /// <summary>The secretary's yes, under the secretary's own signature.</summary>
    [GenerateSerializer, Immutable, Alias("decision.approved")]
    public sealed record Approved(SignedGrant SignedGrant) : Decision
    {
        public Grant Grant => SignedGrant.Statement.Grant;
    }

    /// <summary>The secretary's no.</summary>
    [GenerateSerializer, Immutable, Alias("decision.refused")]
    public sealed record Refused(RefusalReason Reason, string By, DateTimeOffset At) : Decision;

    /// <summary>A yes that was taken back. Nothing is shown by it any more.</summary>
    /// <param name="SignedGrant">What had been granted.</param>
    /// <param name="Reason">Why not any longer.</param>
    /// <param name="By">Who withdrew it.</param>
    /// <param name="At">When.</param>
    [GenerateSerializer, Immutable, Alias("decision.withdrawn")]
    public sealed record Withdrawn(SignedGrant SignedGrant, WithdrawalReason Reason, string By, DateTimeOffset At) : Decision;

    /// <summary>Who asked took the request back before it was decided.</summary>
    [GenerateSerializer, Immutable, Alias("decision.retracted")]
    public sealed record Retracted(DateTimeOffset At) : Decision;

    /// <summary>Who asked lost the role of camera administrator: what was open or granted ended with it, and no later role brings it back.</summary>
    [GenerateSerializer, Immutable, Alias("decision.lapsed")]
    public sealed record Lapsed(DateTimeOffset At) : Decision;

    /// <summary>The recording expired before a decision was made.</summary>
    [GenerateSerializer, Immutable, Alias("decision.too-late")]
    public sealed record TooLate : Decision
    {
        public override string? Refusal => "the recording no longer exists";
    }

    /// <summary>Nobody decides on one's own request (R12).</summary>
    [GenerateSerializer, Immutable, Alias("decision.own-request")]
    public sealed record OwnRequest : Decision
    {
        public override string? Refusal => "nobody decides on one's own request";
    }

    /// <summary>The deputy who calls is not appointed for today (R12).</summary>
    [GenerateSerializer, Immutable, Alias("decision.not-today")]
    public sealed record NotToday : Decision
    {
        public override string? Refusal => "this deputy is not appointed for today";
    }

    /// <summary>Who calls stood aside as a party to it: somebody else decides.</summary>
    [GenerateSerializer, Immutable, Alias("decision.stood-aside")]
    public sealed record StoodAside : Decision
    {
        public override string? Refusal => "who stood aside as a party does not decide";
    }
}

/// <summary>The secretary's yes: one person, one window, one term (R13).</summary>
/// <param name="Person">The only one who may look.</param>
/// <param name="Window">The only stretch that may be looked at.</param>
/// <param name="Viewings">How many times.</param>
/// <param name="ValidUntil">Nothing is shown from here on; never later than the recording expires.</param>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("grant")]
public sealed record Grant(string Person, TimeRange Window, int Viewings, DateTimeOffset ValidUntil, string By, DateTimeOffset At);
