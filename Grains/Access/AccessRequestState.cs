using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Access;

/// <summary>What is stored of a request to look, and every decision on it. How it is looked at stands in its other half.</summary>
internal sealed partial record AccessRequestState
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
        AccessPhase.Retracted retracted => retracted.Asking,
        AccessPhase.Withdrawn withdrawn => withdrawn.Asking,
        AccessPhase.Lapsed lapsed => lapsed.Asking,
        _ => null,
    };

    public Decision? Decision => Phase switch
    {
        AccessPhase.Approved approved => new Decision.Approved(approved.SignedGrant),
        AccessPhase.Refused refused => refused.Decision,
        AccessPhase.Retracted retracted => retracted.Decision,
        AccessPhase.Withdrawn withdrawn => withdrawn.Decision,
        AccessPhase.Lapsed lapsed => lapsed.Decision,
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

    /// <summary>The decision that stands already, or why this caller makes none; null when it is open (R12).</summary>
    public Decision? WhyNotDecide(Decider by, DateTimeOffset now) => Phase switch
    {
        AccessPhase.Unasked => throw NothingAsked(),
        AccessPhase.Asked { Asking: var asking } =>
            asking.Person == by.Subject ? new Decision.OwnRequest()
            : by is Decider.NotToday ? new Decision.NotToday()
            : asking.StoodAside.Contains(by.Subject) ? new Decision.StoodAside()
            : now >= asking.RecordingExpiresAt ? new Decision.TooLate() // nothing lengthens the term (R10)
            : null,
        _ => Decision!,
    };

    /// <summary>What an approval by this caller would grant now; or what stands against it.</summary>
    public DraftOutcome Draft(AccessRequestId id, Decider by, RegulationTerms terms, DateTimeOffset now) => WhyNotDecide(by, now) is { } decided
        ? new DraftOutcome.NothingToApprove(decided)
        : new DraftOutcome.Drawn(new GrantStatement(id, Asking!.Question.Recording, new Grant(
            Asking.Person, Asking.Window, terms.ViewingsPerGrant, Earlier(now + terms.GrantTerm, Asking.RecordingExpiresAt), by.Subject, now)));

    /// <summary>Whether a statement is one that this caller could be granted to sign: a draft of moments ago, as it was or narrowed.</summary>
    /// <exception cref="RecordingClusterException">Conflict: it is another.</exception>
    public void CheckSigned(GrantStatement statement, AccessRequestId id, Decider by, RegulationTerms terms, DateTimeOffset now)
    {
        var grant = statement.Grant;
        if (statement.Request != id || statement.Recording != Asking!.Question.Recording || grant.Person != Asking.Person || grant.By != by.Subject
            || !Asking.Window.Contains(grant.Window) || grant.Window.Length <= TimeSpan.Zero
            || grant.Viewings < 1 || grant.Viewings > terms.ViewingsPerGrant
            || grant.At > now || now - grant.At > LongestSigning
            || grant.ValidUntil <= now || grant.ValidUntil > Earlier(grant.At + terms.GrantTerm, Asking.RecordingExpiresAt))
        {
            throw new RecordingClusterException(ErrorKind.Conflict, "What was signed is not what can be granted now. Draw it up anew, and sign that.");
        }
    }

    /// <summary>The first decision counts.</summary>
    public (AccessRequestState Next, Decision Decision) Approve(SignedGrant signedGrant, Decider by, DateTimeOffset now) =>
        Decide(by, now, asking => new AccessPhase.Approved(asking, signedGrant with { Appointment = (by as Decider.Deputy)?.Appointment }));

    /// <summary>The first decision counts.</summary>
    public (AccessRequestState Next, Decision Decision) Refuse(RefusalReason reason, Decider by, DateTimeOffset now) =>
        Decide(by, now, asking => new AccessPhase.Refused(asking, new Decision.Refused(reason, by.Subject, now)));

    /// <summary>An open request is taken back; a decision that was made first stands.</summary>
    public (AccessRequestState Next, Decision Decision) Retract(string person, DateTimeOffset now)
    {
        var asking = CheckOwn(person);
        return Phase is AccessPhase.Asked ? Decided(new AccessPhase.Retracted(asking, new Decision.Retracted(now))) : (this, Decision!);
    }

    /// <summary>Whoever decides is from now on not this person; unchanged when that was said before.</summary>
    public AccessRequestState StandAside(string person) => Phase switch
    {
        AccessPhase.Unasked => throw NothingAsked(),
        AccessPhase.Asked { Asking: var asking } => asking.StoodAside.Contains(person)
            ? this
            : this with { Phase = new AccessPhase.Asked(asking with { StoodAside = asking.StoodAside.Add(person) }) },
        _ => throw new RecordingClusterException(ErrorKind.Conflict, "It is decided. A grant can be withdrawn."),
    };

    /// <summary>The first withdrawal counts.</summary>
    public (AccessRequestState Next, WithdrawOutcome Outcome) Withdraw(WithdrawalReason reason, Decider by, DateTimeOffset now)
    {
        switch (Phase)
        {
            case AccessPhase.Unasked:
                throw NothingAsked();
            case var _ when by is Decider.NotToday:
                return (this, new WithdrawOutcome.NotToday());
            case AccessPhase.Withdrawn withdrawn:
                return (this, new WithdrawOutcome.Done(withdrawn.Decision));
            case AccessPhase.Approved approved:
                var decision = new Decision.Withdrawn(approved.SignedGrant, reason, by.Subject, now);
                return (this with { Phase = new AccessPhase.Withdrawn(approved.Asking, decision) }, new WithdrawOutcome.Done(decision));
            default:
                return (this, new WithdrawOutcome.NoGrant());
        }
    }

    /// <summary>What is open or granted ends with the role of who asked.</summary>
    public AccessRequestState Lapse(DateTimeOffset now) => Phase is AccessPhase.Asked or AccessPhase.Approved
        ? this with { Phase = new AccessPhase.Lapsed(Asking!, new Decision.Lapsed(now)) }
        : this;

    /// <summary>What this person asked.</summary>
    /// <exception cref="RecordingClusterException">NotFound: nothing, or somebody else did. Another's request does not exist for this person.</exception>
    public Asking CheckOwn(string person) => Asking is { } asking && asking.Person == person ? asking : throw NothingAsked();

    public static RecordingClusterException NothingAsked() => new(ErrorKind.NotFound, "Nothing was asked under this id.");

    private (AccessRequestState Next, Decision Decision) Decide(Decider by, DateTimeOffset now, Func<Asking, AccessPhase> phase) =>
        WhyNotDecide(by, now) is { } decided ? (this, decided) : Decided(phase(Asking!));

    private (AccessRequestState Next, Decision Decision) Decided(AccessPhase phase)
    {
        var next = this with { Phase = phase };
        return (next, next.Decision!);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
