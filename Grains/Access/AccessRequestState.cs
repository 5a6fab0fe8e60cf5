using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Access;

/// <summary>What is stored of a request to look, and every decision on it.</summary>
internal sealed record AccessRequestState
{
    // From draft to signature: the page is read, the passkey found and touched. As long as a sign-in is fresh.
    private static readonly TimeSpan LongestSigning = TimeSpan.FromMinutes(5);

    public AccessPhase Phase { get; init; } = new AccessPhase.Unasked();

    public ImmutableArray<TicketedViewing> Viewings { get; init; } = [];

    public Asking? Asking => Phase switch
    {
        AccessPhase.Asked asked => asked.Asking,
        AccessPhase.Approved approved => approved.Asking,
        AccessPhase.Refused refused => refused.Asking,
        _ => null,
    };

    public Decision? Decision => Phase switch
    {
        AccessPhase.Approved approved => new Decision.Approved(approved.SignedGrant),
        AccessPhase.Refused refused => refused.Decision,
        _ => null,
    };

    public AccessRequestState Ask(AccessQuestion question, string person, DateTimeOffset recordingExpiresAt, DateTimeOffset now)
    {
        if (Asking is { } earlier)
        {
            return earlier.Question == question && earlier.Person == person
                ? this
                : throw new RecordingClusterException(ErrorKind.Conflict, "Another question was asked under this id. Ask this one under a new id.");
        }

        return this with { Phase = new AccessPhase.Asked(new Asking(question, person, now, recordingExpiresAt)) };
    }

    /// <summary>The first decision counts; nobody decides on one's own request (R12); nothing lengthens the term (R10).</summary>
    public (AccessRequestState Next, Decision Decision) Decide(Func<Asking, AccessPhase> phase, Caller by, DateTimeOffset now) =>
        WhyNotDecide(by, now) is { } decided ? (this, decided) : Decided(this with { Phase = phase(Asking!) });

    /// <summary>The decision that stands already, or why this caller makes none; null when it is open.</summary>
    public Decision? WhyNotDecide(Caller by, DateTimeOffset now) => Phase switch
    {
        AccessPhase.Asked { Asking: var asking } when asking.Person == by.Subject => new Decision.OwnRequest(),
        AccessPhase.Asked { Asking: var asking } when now >= asking.RecordingExpiresAt => new Decision.TooLate(),
        AccessPhase.Asked => null,
        AccessPhase.Unasked => throw new RecordingClusterException(ErrorKind.NotFound, "Nothing was asked under this id."),
        _ => Decision!,
    };

    /// <summary>What an approval by this caller would grant now; or what stands against it.</summary>
    public DraftOutcome Draft(AccessRequestId id, Caller by, RecordingRules rules, DateTimeOffset now) => WhyNotDecide(by, now) is { } decided
        ? new DraftOutcome.NothingToApprove(decided)
        : new DraftOutcome.Drawn(new GrantStatement(id, Asking!.Question.Recording, new Grant(
            Asking.Person, Asking.Question.Window, rules.ViewingsPerGrant, Earlier(now + rules.GrantTerm, Asking.RecordingExpiresAt), by.Subject, now)));

    /// <summary>Whether a statement is one that this caller could be granted to sign: a draft of moments ago, as it was or narrowed.</summary>
    /// <exception cref="RecordingClusterException">Conflict: it is another.</exception>
    public void CheckSigned(GrantStatement statement, AccessRequestId id, Caller by, RecordingRules rules, DateTimeOffset now)
    {
        var grant = statement.Grant;
        var asked = Asking!.Question;
        if (statement.Request != id || statement.Recording != asked.Recording || grant.Person != Asking.Person || grant.By != by.Subject
            || !asked.Window.Contains(grant.Window) || grant.Window.Length <= TimeSpan.Zero
            || grant.Viewings < 1 || grant.Viewings > rules.ViewingsPerGrant
            || grant.At > now || now - grant.At > LongestSigning
            || grant.ValidUntil <= now || grant.ValidUntil > Earlier(grant.At + rules.GrantTerm, Asking.RecordingExpiresAt))
        {
            throw new RecordingClusterException(ErrorKind.Conflict, "What was signed is not what can be granted now. Draw it up anew, and sign that.");
        }
    }

    public static AccessPhase Approve(Asking asking, SignedGrant signedGrant) => new AccessPhase.Approved(asking, signedGrant);

    public static AccessPhase Refuse(Asking asking, RefusalReason reason, Caller by, DateTimeOffset now) =>
        new AccessPhase.Refused(asking, new Decision.Refused(reason, by.Subject, now));

    /// <summary>Why this person may not begin to look now; null when nothing stands against it (R13).</summary>
    public ViewingRefusal? WhyNot(string person, DateTimeOffset now) => Phase switch
    {
        AccessPhase.Approved { Grant: var grant } when grant.Person != person => ViewingRefusal.OtherPerson,
        AccessPhase.Approved { Asking: var asking } when now >= asking.RecordingExpiresAt => ViewingRefusal.RecordingGone,
        AccessPhase.Approved { Grant: var grant } when now >= grant.ValidUntil => ViewingRefusal.TermPassed,
        AccessPhase.Approved { Grant: var grant } when Viewings.Length >= grant.Viewings => ViewingRefusal.UsedUp,
        AccessPhase.Approved => null,
        AccessPhase.Refused => ViewingRefusal.RefusedBySecretary,
        _ => ViewingRefusal.NotDecided,
    };

    public AccessRequestState BeginViewing(ViewingTicket ticket, DateTimeOffset now) =>
        this with { Viewings = Viewings.Add(new TicketedViewing(ticket, new Viewing(Viewings.Length + 1, now, null, []))) };

    /// <summary>Why a viewing does not go on; null when it does.</summary>
    public ViewingRefusal? WhyNotView(int viewing, ViewingTicket ticket, string person, DateTimeOffset now)
    {
        if (Phase is not AccessPhase.Approved { Grant: var grant, Asking: var asking }
            || Find(viewing) is not { } begun || begun.Ticket != ticket || begun.Viewing.EndedAt is not null)
        {
            return ViewingRefusal.NoSuchViewing;
        }

        return grant.Person != person ? ViewingRefusal.OtherPerson
            : now >= asking.RecordingExpiresAt ? ViewingRefusal.RecordingGone
            : now >= grant.ValidUntil ? ViewingRefusal.TermPassed
            : null;
    }

    /// <summary>Why this stretch may not be served now; null when it may (R14).</summary>
    public ViewingRefusal? WhyNotServe(int viewing, ViewingTicket ticket, string person, TimeRange stretch, DateTimeOffset now) =>
        WhyNotView(viewing, ticket, person, now)
        ?? (Phase is AccessPhase.Approved { Grant.Window: var window } && window.Overlaps(stretch) ? null : ViewingRefusal.OutsideWindow);

    public AccessRequestState Served(int viewing, TimeRange stretch) =>
        Change(viewing, begun => begun with { Watched = begun.Watched.With(stretch) });

    public AccessRequestState EndViewing(int viewing, DateTimeOffset now) =>
        Change(viewing, begun => begun.EndedAt is null ? begun with { EndedAt = now } : begun);

    public TicketedViewing? Find(int viewing) => viewing > 0 && viewing <= Viewings.Length ? Viewings[viewing - 1] : null;

    private AccessRequestState Change(int viewing, Func<Viewing, Viewing> change)
    {
        var begun = Viewings[viewing - 1];
        var changed = begun with { Viewing = change(begun.Viewing) };
        return changed == begun ? this : this with { Viewings = Viewings.SetItem(viewing - 1, changed) };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static (AccessRequestState Next, Decision Decision) Decided(AccessRequestState next) => (next, next.Decision!);
}

/// <summary>Where a request is. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Unasked), "unasked")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record AccessPhase
{
    private AccessPhase()
    {
    }

    public sealed record Unasked : AccessPhase;

    public sealed record Asked(Asking Asking) : AccessPhase;

    public sealed record Approved(Asking Asking, SignedGrant SignedGrant) : AccessPhase
    {
        public Grant Grant => SignedGrant.Statement.Grant;
    }

    public sealed record Refused(Asking Asking, Decision.Refused Decision) : AccessPhase;
}

/// <summary>What stands from the question on.</summary>
internal sealed record Asking(AccessQuestion Question, string Person, DateTimeOffset AskedAt, DateTimeOffset RecordingExpiresAt);

/// <summary>A viewing and the digest of the ticket that its player shows.</summary>
internal sealed record TicketedViewing(ViewingTicket Ticket, Viewing Viewing);
