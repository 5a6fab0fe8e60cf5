using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What became of wanting to look.</summary>
[GenerateSerializer, Immutable, Alias("begin-viewing-outcome")]
public abstract record BeginViewingOutcome : IOutcome
{
    private BeginViewingOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Looking may begin; the grant has one viewing less.</summary>
    [GenerateSerializer, Immutable, Alias("begin-viewing-outcome.begun")]
    public sealed record Begun(int Viewing, RecordingId Recording, TimeRange Window, DateTimeOffset Until) : BeginViewingOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>There is no grant for this caller that still holds.</summary>
    [GenerateSerializer, Immutable, Alias("begin-viewing-outcome.no-grant")]
    public sealed record NoGrant(ViewingRefusal Why) : BeginViewingOutcome
    {
        public override string? Refusal => Why.ToString();
    }
}

/// <summary>Why nothing is shown.</summary>
[Alias("viewing-refusal")]
public enum ViewingRefusal
{
    NotDecided,
    RefusedBySecretary,

    /// <summary>Who asked took the request back.</summary>
    Retracted,

    /// <summary>The grant was withdrawn.</summary>
    Withdrawn,

    /// <summary>Who asked lost the role of camera administrator since.</summary>
    Lapsed,
    OtherPerson,
    UsedUp,
    TermPassed,
    RecordingGone,
    NoSuchViewing,

    /// <summary>This viewing was ended.</summary>
    Ended,
    OutsideWindow,

    /// <summary>An objection is open (R5): nothing is shown until it is decided.</summary>
    ObjectionOpen,
}
