using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Access;

[GrainType("access-request")]
internal sealed class AccessRequestGrain(
    [PersistentState("access-request")] IPersistentState<AccessRequestState> stored,
    SitePlan plan,
    RecordingRules rules,
    CurrentCaller callers,
    SiteTrail trail,
    IGrantWitness witness,
    TimeProvider clock) : Grain, IAccessRequestGrain, IRemindable
{
    private const string TermEnd = "term-end";

    private static readonly TimeSpan TermEndPeriod = TimeSpan.FromMinutes(1);

    private AccessRequestId Id => new(this.GetPrimaryKey());

    private Caller Caller => callers.Get();

    public async Task<AskOutcome> Ask(AccessQuestion question)
    {
        question.Check();
        if (stored.State.Asking is null && await WhyNotAsk(question) is { } refusal)
        {
            return refusal;
        }

        var recording = await GrainFactory.Recording(question.Recording).Read();
        await stored.Store(stored.State.Ask(question, Caller.Subject, recording.ExpiresAt ?? clock.GetUtcNow(), clock.GetUtcNow()));
        if (stored.State.Decision is null)
        {
            await GrainFactory.TownHall(plan.Site).RequestAsked(Id);
        }

        return new AskOutcome.Asked();
    }

    public Task<DraftOutcome> Draft() => Task.FromResult(stored.State.Draft(Id, Caller, rules, clock.GetUtcNow()));

    public async Task<Decision> Approve(SignedGrant signedGrant)
    {
        var (by, now) = (Caller, clock.GetUtcNow());
        if (stored.State.WhyNotDecide(by, now) is null)
        {
            if (signedGrant is not { Statement.Grant: not null, Signature: not null })
            {
                throw RecordingClusterException.Invalid("signedGrant", "must hold a statement and its signature.", "Ask for a draft, and sign that.");
            }

            stored.State.CheckSigned(signedGrant.Statement, Id, by, rules, now);
            if (await witness.WhyNot(signedGrant) is { } why)
            {
                throw new RecordingClusterException(ErrorKind.Denied, $"The signature does not hold: {why}. Sign the draft with your own passkey.");
            }
        }

        return await Decide(asking => AccessRequestState.Approve(asking, signedGrant));
    }

    public Task<Decision> Refuse(RefusalReason reason)
    {
        if (!Enum.IsDefined(reason))
        {
            throw RecordingClusterException.Invalid("reason", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<RefusalReason>())}.");
        }

        var (by, now) = (Caller, clock.GetUtcNow());
        return Decide(asking => AccessRequestState.Refuse(asking, reason, by, now));
    }

    public async Task<BeginViewingOutcome> BeginViewing(ViewingTicket ticket)
    {
        var now = clock.GetUtcNow();
        if (stored.State.WhyNot(Caller.Subject, now) is { } refusal)
        {
            return new BeginViewingOutcome.NoGrant(refusal);
        }

        var approved = (AccessPhase.Approved)stored.State.Phase;
        var recording = approved.Asking.Question.Recording;
        if (await WhyClosed() is { } closed)
        {
            return new BeginViewingOutcome.NoGrant(closed);
        }

        await stored.Store(stored.State.BeginViewing(ticket, now));
        await this.RegisterOrUpdateReminder(TermEnd, approved.Grant.ValidUntil - now, TermEndPeriod);
        return new BeginViewingOutcome.Begun(stored.State.Viewings.Length, recording, approved.Grant.Window, approved.Grant.ValidUntil);
    }

    public async Task<ViewingRefusal?> Check(int viewing, ViewingTicket ticket) =>
        stored.State.WhyNotView(viewing, ticket, Caller.Subject, clock.GetUtcNow()) ?? await EndIfClosed(viewing);

    public async Task<ViewingRefusal?> Serve(int viewing, ViewingTicket ticket, TimeRange stretch)
    {
        var refusal = stored.State.WhyNotServe(viewing, ticket, Caller.Subject, stretch, clock.GetUtcNow()) ?? await EndIfClosed(viewing);
        if (refusal is null)
        {
            // Noted before it is shown: the list may say a moment too much, never too little.
            await stored.Store(stored.State.Served(viewing, stretch));
        }

        return refusal;
    }

    public async Task EndViewing(int viewing, ViewingTicket ticket)
    {
        if (stored.State.Find(viewing) is not { } begun || begun.Ticket != ticket)
        {
            throw new RecordingClusterException(ErrorKind.NotFound, "There is no such viewing.");
        }

        await End(viewing);
    }

    public Task<AccessRequestView> Read()
    {
        var asking = stored.State.Asking ?? throw NothingAsked();

        // An administrator sees one's own requests only; another's does not exist for him.
        var caller = Caller;
        if (!caller.Has(Roles.Secretary | Roles.DataProtectionOfficer) && asking.Person != caller.Subject)
        {
            throw NothingAsked();
        }

        return Task.FromResult(new AccessRequestView(
            Id, asking.Question, asking.Person, asking.AskedAt, asking.RecordingExpiresAt, stored.State.Decision,
            [.. stored.State.Viewings.Select(viewing => viewing.Viewing)]));
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (stored.State.Phase is AccessPhase.Approved { Grant: var grant } && clock.GetUtcNow() < grant.ValidUntil)
        {
            return;
        }

        for (var viewing = 1; viewing <= stored.State.Viewings.Length; viewing++)
        {
            await End(viewing);
        }

        if (await this.GetReminder(TermEnd) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private async Task<AskOutcome?> WhyNotAsk(AccessQuestion question)
    {
        var recording = await GrainFactory.Recording(question.Recording).Read();
        return recording.Stage switch
        {
            RecordingStage.Unknown => throw new RecordingClusterException(ErrorKind.NotFound, $"There is no recording {question.Recording}. Look it up by room and day."),
            RecordingStage.Expired or RecordingStage.Erasing or RecordingStage.Erased => new AskOutcome.Gone(recording.Certificate?.Number),
            RecordingStage.Capturing => new AskOutcome.StillRecording(),
            RecordingStage.Held when recording.EndedAt is null => new AskOutcome.StillRecording(),
            _ => Recorded(recording) is var recorded && recorded.Contains(question.Window) ? null : new AskOutcome.OutsideRecording(recorded),
        };
    }

    // An objection closes the recording itself, under a grant that still holds (R5): it is asked anew at every stretch.
    private async Task<ViewingRefusal?> WhyClosed() => (await GrainFactory.Recording(stored.State.Asking!.Question.Recording).Read()).Stage switch
    {
        RecordingStage.Sealed => null,
        RecordingStage.Held => ViewingRefusal.ObjectionOpen,
        _ => ViewingRefusal.RecordingGone,
    };

    private async Task<ViewingRefusal?> EndIfClosed(int viewing)
    {
        var closed = await WhyClosed();
        if (closed is not null)
        {
            await End(viewing);
        }

        return closed;
    }

    // The last fragment may end a moment after the stop was asked for.
    private static TimeRange Recorded(RecordingView recording) =>
        new(recording.StartedAt!.Value, recording.Parts.Select(part => part.Span.Until).Append(recording.EndedAt!.Value).Max());

    private async Task<Decision> Decide(Func<Asking, AccessPhase> phase)
    {
        var (next, decision) = stored.State.Decide(phase, Caller, clock.GetUtcNow());
        await stored.Store(next);
        if (decision is not Decision.OwnRequest)
        {
            await GrainFactory.TownHall(plan.Site).RequestDecided(Id);
        }

        return decision;
    }

    private async Task End(int viewing)
    {
        var before = stored.State;
        await stored.Store(before.EndViewing(viewing, clock.GetUtcNow()));
        if (stored.State != before)
        {
            var ended = stored.State.Find(viewing)!.Viewing;
            await trail.Note("watched", $"access-request/{Id.Value:N}", new { viewing, seconds = ended.Watched.Length().TotalSeconds, ended.Watched });
        }
    }

    private static RecordingClusterException NothingAsked() => new(ErrorKind.NotFound, "Nothing was asked under this id.");
}
