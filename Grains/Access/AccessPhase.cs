using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Access;

/// <summary>Where a request is. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Unasked), "unasked")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Retracted), "retracted")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Lapsed), "lapsed")]
internal abstract record AccessPhase
{
    private AccessPhase()
    {
    }

    public sealed record Unasked : AccessPhase;

    /// <summary>It waits for a decision.</summary>
    public sealed record Asked(Asking Asking) : AccessPhase;

    /// <summary>It may be looked at, within the grant.</summary>
    public sealed record Approved(Asking Asking, SignedGrant SignedGrant) : AccessPhase
    {
        public Grant Grant => SignedGrant.Statement.Grant;
    }

    public sealed record Refused(Asking Asking, Decision.Refused Decision) : AccessPhase;

    /// <summary>Taken back by who asked, before a decision.</summary>
    public sealed record Retracted(Asking Asking, Decision.Retracted Decision) : AccessPhase;

    /// <summary>Taken back by who decides, after a yes.</summary>
    public sealed record Withdrawn(Asking Asking, Decision.Withdrawn Decision) : AccessPhase;

    /// <summary>Ended with the role of who asked.</summary>
    public sealed record Lapsed(Asking Asking, Decision.Lapsed Decision) : AccessPhase;
}

/// <summary>What stands from the question on.</summary>
internal sealed record Asking(AccessQuestion Question, string Person, DateTimeOffset AskedAt, DateTimeOffset RecordingExpiresAt)
{
    /// <summary>What was asked back, and answered, in order.</summary>
    public ImmutableArray<Exchange> Exchanges { get; init; } = [];

    /// <summary>Who does not decide on it, being a party.</summary>
    public ImmutableArray<string> StoodAside { get; init; } = [];

    /// <summary>What is asked now: each narrower answer counts from when it was given.</summary>
    public TimeRange Window => Exchanges.Select(exchange => exchange.Reply?.Window).LastOrDefault(window => window is not null) ?? Question.Window;

    /// <summary>The question that waits for its answer.</summary>
    public Exchange? Waiting => Exchanges.LastOrDefault() is { Reply: null } last ? last : null;
}

/// <summary>A viewing and the digest of the ticket that its player shows.</summary>
internal sealed record TicketedViewing(ViewingTicket Ticket, Viewing Viewing);
