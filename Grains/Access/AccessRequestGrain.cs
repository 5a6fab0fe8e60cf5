using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Access;

[GrainType("access-request")]
internal sealed class AccessRequestGrain(
    [PersistentState("access-request")] IPersistentState<AccessRequestState> stored,
    SitePlan plan,
    CurrentCaller callers,
    SiteTrail trail,
    IGrantWitness witness,
    TimeProvider clock) : Grain, IAccessRequestGrain, IRemindable, IConcernsSomebody
{
    private const string TermEnd = "term-end";

    private static readonly TimeSpan TermEndPeriod = TimeSpan.FromMinutes(1);

    string? IConcernsSomebody.Reference => stored.State.Asking?.Question.Case.Value;

    private string Subject => $"access-request/{Id.Value:N}";

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
        if (stored.State is { Decision: null, Asking: { } asking })
        {
            await GrainFactory.TownHall(plan.Site).RequestAsked(new KeptRequest(Id, asking.Person, asking.AskedAt, asking.RecordingExpiresAt, IsOpen: true));
        }

        return new AskOutcome.Asked(question.Recording, question.Window);
    }

    public async Task<DraftOutcome> Draft() => stored.State.Draft(Id, await Decider(), (await GrainFactory.NeedRegulation(plan.Site)).Terms, clock.GetUtcNow());

    public async Task<Decision> Approve(SignedGrant signedGrant)
    {
        var (by, now) = (await Decider(), clock.GetUtcNow());
        if (stored.State.WhyNotDecide(by, now) is null)
        {
            if (signedGrant is not { Statement.Grant: not null, Signature: not null })
            {
                throw RecordingClusterException.Invalid("signedGrant", "must hold a statement and its signature.", "Ask for a draft, and sign that.");
            }

            stored.State.CheckSigned(signedGrant.Statement, Id, by, (await GrainFactory.NeedRegulation(plan.Site)).Terms, now);
            if (await witness.WhyNot(signedGrant with { Appointment = (by as Decider.Deputy)?.Appointment }) is { } why)
            {
                throw new RecordingClusterException(ErrorKind.Denied, $"The signature does not hold: {why}. Sign the draft with your own passkey.");
            }
        }

        return await Decided(stored.State.Approve(signedGrant, by, now));
    }

    public async Task<Decision> Refuse(RefusalReason reason)
    {
        CheckListed("reason", reason);
        return await Decided(stored.State.Refuse(reason, await Decider(), clock.GetUtcNow()));
    }

    public async Task<AskBackOutcome> AskBack(BackQuestion question)
    {
        CheckListed("question", question);
        var (next, outcome) = stored.State.AskBack(question, await Decider(), clock.GetUtcNow());
        await stored.Store(next);
        return outcome;
    }

    public async Task<AnswerOutcome> Answer(BackReply reply)
    {
        var (next, outcome) = stored.State.Answer(reply, Caller.Subject, clock.GetUtcNow());
        await stored.Store(next);
        return outcome;
    }

    public Task<Decision> Retract() => Decided(stored.State.Retract(Caller.Subject, clock.GetUtcNow()));

    public Task StandAside() => stored.Store(stored.State.StandAside(Caller.Subject));

    public async Task<WithdrawOutcome> Withdraw(WithdrawalReason reason)
    {
        CheckListed("reason", reason);
        var (next, outcome) = stored.State.Withdraw(reason, await Decider(), clock.GetUtcNow());
        await stored.Store(next);
        if (outcome is WithdrawOutcome.Done)
        {
            await EndAll();
        }

        return outcome;
    }

    public async Task Lapse()
    {
        var before = stored.State;
        await stored.Store(before.Lapse(clock.GetUtcNow()));
        if (stored.State.Phase is AccessPhase.Lapsed)
        {
            await EndAll();
            await GrainFactory.TownHall(plan.Site).RequestDecided(Id);
        }

        if (stored.State != before)
        {
            await trail.Note("lapsed", Subject, new { was = before.Decision is null ? "open" : "granted" });
        }
    }

    public async Task<BeginViewingOutcome> BeginViewing(ViewingTicket ticket)
    {
        var now = clock.GetUtcNow();
        if ((stored.State.WhyNot(Caller.Subject, now) ?? await WhyClosed()) is { } refusal)
        {
            return new BeginViewingOutcome.NoGrant(refusal);
        }

        var approved = (AccessPhase.Approved)stored.State.Phase;
        await stored.Store(stored.State.BeginViewing(ticket, now));
        await this.RegisterOrUpdateReminder(TermEnd, approved.Grant.ValidUntil - now, TermEndPeriod);
        return new BeginViewingOutcome.Begun(stored.State.Viewings.Length, approved.Asking.Question.Recording, approved.Grant.Window, approved.Grant.ValidUntil);
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

    public Task EndViewings() => EndAll();

    public async Task<AccessRequestView> Read()
    {
        var caller = Caller;
        if (caller.Has(Roles.Deputy) && await Decider() is Decider.NotToday)
        {
            throw AccessRequestState.NothingAsked();
        }

        var state = stored.State;
        var asking = caller.Has(RoleRules.Deciders | Roles.DataProtectionOfficer) ? state.Asking ?? throw AccessRequestState.NothingAsked() : state.CheckOwn(caller.Subject);
        return new AccessRequestView(
            Id, asking.Question, asking.Window, asking.Person, asking.AskedAt, asking.RecordingExpiresAt, asking.Exchanges, asking.StoodAside, state.Decision,
            [.. state.Viewings.Select(viewing => viewing.Viewing)]);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (stored.State.Phase is AccessPhase.Approved { Grant: var grant } && clock.GetUtcNow() < grant.ValidUntil)
        {
            return;
        }

        await EndAll();
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

    // Asked anew at every stretch: an objection closes the recording itself, under a grant that still holds (R5).
    private async Task<ViewingRefusal?> WhyClosed() => AccessRequestState.WhyClosed(await GrainFactory.Recording(stored.State.Asking!.Question.Recording).Read());

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

    // By what right the caller decides now is asked at each operation, and of the register itself (R12).
    private async Task<Decider> Decider() => Caller is var caller && !caller.Has(Roles.Deputy) ? new Decider.ByRole(caller.Subject)
        : await GrainFactory.Deputies(plan.Site).Covering(caller) is { } appointment ? new Decider.Deputy(caller.Subject, appointment)
        : new Decider.NotToday(caller.Subject);

    private async Task<Decision> Decided((AccessRequestState Next, Decision Decision) decided)
    {
        await stored.Store(decided.Next);
        if (stored.State.Decision is not null)
        {
            await GrainFactory.TownHall(plan.Site).RequestDecided(Id);
        }

        return decided.Decision;
    }

    private async Task EndAll()
    {
        for (var viewing = 1; viewing <= stored.State.Viewings.Length; viewing++)
        {
            await End(viewing);
        }
    }

    private async Task End(int viewing)
    {
        var before = stored.State;
        await stored.Store(before.EndViewing(viewing, clock.GetUtcNow()));
        if (stored.State != before)
        {
            var ended = stored.State.Find(viewing)!.Viewing;
            await trail.Note("watched", Subject, new { viewing, seconds = ended.Watched.Length().TotalSeconds, ended.Watched });
        }
    }

    private static void CheckListed<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw RecordingClusterException.Invalid(field, "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
