using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Regulations.Texts;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Grains.Regulations;

[GrainType("regulation"), CollectionAgeLimit(AlwaysActive = true)] // few, and known while the database is away
internal sealed partial class RegulationGrain(
    [PersistentState("regulation")] IPersistentState<RegulationState> stored,
    SitePlan plan,
    RecordingRules rules,
    CurrentCaller callers,
    SiteTrail trail,
    IPublicFolder folder,
    SteadyClock clock,
    ILogger<RegulationGrain> log) : Grain, IRegulationGrain, IRemindable
{
    private const int MostArticles = 40;

    private const string Calendar = "calendar";

    // Orleans ticks no faster than once a minute; what could not be carried out is tried again as soon as that.
    private static readonly TimeSpan CalendarPeriod = TimeSpan.FromMinutes(1);

    // A clock that jumps ahead brings nothing into force early, and one that jumps back undoes nothing (R11).
    private DateTimeOffset Now => clock.GetSteadyNow();

    private string Caller => callers.Get().Subject;

    public async Task<VersionOutcome> Draft(RegulationVersionId version, RegulationContent content)
    {
        _ = RegulationVersionId.Of(version.Value);
        content.Check(rules.ShortestRetention);
        await stored.Store(stored.State.Draft(version, content, Caller, Now));
        return Outcome(version, took: !stored.State.Known(version).IsSettled);
    }

    public async Task<VersionOutcome> Advise(RegulationVersionId version, AdviceKind kind, DocumentReference document)
    {
        document.Check("document");
        if (!Enum.IsDefined(kind))
        {
            throw RecordingClusterException.Invalid("kind", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<AdviceKind>())}.");
        }

        var advice = new Advice(kind, document, Caller, Now);
        await stored.Store(stored.State.Advise(version, advice));
        return Outcome(version, took: stored.State.Known(version).Advice is { } given && given with { At = advice.At } == advice);
    }

    public async Task<VersionOutcome> RecordConsent(RegulationVersionId version, DateOnly on, DocumentReference document)
    {
        RegulationState.CheckConsent(on, document, clock.Today());
        await stored.Store(stored.State.Consent(version, new Consent(on, document, Caller, Now)));
        var known = stored.State.Known(version);
        return known.Advice is null && !known.IsSettled ? new VersionOutcome.Missing([ActivationNeed.Advice]) : Outcome(version, took: known.Consent is not null);
    }

    public async Task<VersionOutcome> Activate(RegulationVersionId version, DateTimeOffset? from)
    {
        var now = Now;
        if (stored.State.Known(version) is { IsSettled: false } draft)
        {
            if (RegulationState.Needs(draft) is { IsEmpty: false } needs)
            {
                return new VersionOutcome.Missing(needs);
            }

            RegulationState.CheckFrom(from ?? now, now);
            await stored.Store(stored.State.Activate(version, from ?? now, Caller, now));
        }

        await Attend();
        return Outcome(version, took: stored.State.Known(version).Activation is not null);
    }

    public async Task<VersionOutcome> Withdraw(RegulationVersionId version)
    {
        await stored.Store(stored.State.Withdraw(version, Caller, Now));
        return Outcome(version, took: stored.State.Known(version).Phase is VersionPhase.Withdrawn);
    }

    public async Task<SwitchOff> SwitchOff(Switchable what, SwitchOffReason reason)
    {
        if (!Enum.IsDefined(what) || !Enum.IsDefined(reason))
        {
            throw RecordingClusterException.Invalid("switch-off", "what and why come from closed lists.", "Choose from the lists, for example Sound, NotNecessary.");
        }

        // The decision is stored before any part is closed: whoever begins a part from here on reads it.
        var (next, holding) = stored.State.SwitchOff(new SwitchOff(what, reason, Caller, Now));
        await stored.Store(next);
        await Attend();
        return holding;
    }

    public async Task<Amendment> RequestAmendment(AmendmentId amendment, ImmutableArray<ArticleId> articles, DocumentReference document)
    {
        document.Check("document");
        if (articles.IsDefaultOrEmpty || articles.Length > MostArticles)
        {
            throw RecordingClusterException.Invalid("articles", $"must name 1 to {MostArticles}.", "Name the articles that the request is about, such as sound.");
        }

        foreach (var article in articles)
        {
            _ = ArticleId.Of(article.Value);
        }

        await stored.Store(stored.State.Ask(new AskedAmendment(amendment, articles, document, Caller, clock.Today(), AmendmentStanding.Open)));
        await Attend();
        return ViewOf(stored.State.Amendments.Single(asked => asked.Id == amendment));
    }

    public Task<ImmutableArray<Amendment>> Amendments() => Task.FromResult<ImmutableArray<Amendment>>([.. stored.State.Amendments.Select(ViewOf)]);

    public Task<ImmutableArray<SwitchOff>> SwitchOffs() => Task.FromResult(stored.State.SwitchOffs);

    public Task<RegulationDiff> Compare(RegulationVersionId from, RegulationVersionId to) =>
        Task.FromResult(RegulationComparison.Of(stored.State.Known(from).Content, stored.State.Known(to).Content));

    public Task<NoticeTexts?> Notices(Language language) =>
        Enum.IsDefined(language)
            ? Task.FromResult(stored.State.InForceAt(Now) is { } regulation ? Texts.Notices.Of(regulation, language) : null)
            : throw RecordingClusterException.Invalid("language", "must be Dutch or English.", "Choose one of the two.");

    public Task<Publication?> Publication() => Task.FromResult(PublicationAt(Now));

    public Task ReceiveReminder(string reminderName, TickStatus status) => Attend();

    public async Task Attend()
    {
        var now = Now;
        var isDone = await CarryOut(now);
        var next = isDone ? stored.State.NextAfter(now) : now + CalendarPeriod;
        if (next is { } moment)
        {
            await this.RegisterOrUpdateReminder(Calendar, moment - now, CalendarPeriod);
        }
        else if (await this.GetReminder(Calendar) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    public Task<RegulationInForce?> InForce() => Task.FromResult(stored.State.InForceAt(Now));

    public Task<ImmutableArray<RegulationVersionView>> Versions()
    {
        var (state, now) = (stored.State, Now);
        return Task.FromResult<ImmutableArray<RegulationVersionView>>(
        [
            .. state.Versions.Select(version => new RegulationVersionView(
                version.Id, state.StageOf(version, now), version.Content, version.DraftedBy, version.DraftedAt, version.Advice, version.Consent, version.Activation)
            {
                Needs = RegulationState.Needs(version),
            }),
        ]);
    }

    private Publication? PublicationAt(DateTimeOffset now) =>
        stored.State.InForceAt(now) is { } regulation ? PublicPage.Of(regulation, stored.State.Known(regulation.Version).Content.Articles) : null;

    // What could not be done is done at the next tick: neither a full disk nor a room that does not answer undoes a decision.
    private async Task<bool> CarryOut(DateTimeOffset now)
    {
        var inForce = stored.State.InForceAt(now);
        try
        {
            // Written each time: another silo may have written the files until now, or none at all.
            if (PublicationAt(now) is { } page)
            {
                await folder.Write(page);
            }

            if (inForce != stored.State.Told)
            {
                await FollowInRooms();
                await trail.Note("regulation-in-force", $"regulation/{this.GetPrimaryKeyString()}", inForce);
            }

            foreach (var amendment in stored.State.NewsAt(now))
            {
                await trail.Note($"amendment-{amendment.Said.ToString().ToLowerInvariant()}", $"amendment/{amendment.Id.Value:N}", new { amendment.DueOn });
            }

            await stored.Store(stored.State.Tell(inForce, now));
            return true;
        }
        catch (Exception fault)
        {
            LogNotCarriedOut(fault);
            return false;
        }
    }

    private async Task FollowInRooms()
    {
        var faults = await Task.WhenAll(plan.Rooms.Where(room => room.Camera is not null).Select(room => FollowIn(room.Id)));
        if (faults.OfType<Exception>().ToList() is { Count: > 0 } failed)
        {
            throw new AggregateException(failed);
        }
    }

    // One room must not keep the others from following.
    private async Task<Exception?> FollowIn(RoomId room)
    {
        try
        {
            if ((await GrainFactory.Room(room).Read()).Talk?.Recording is { } recording)
            {
                await GrainFactory.Recording(recording).Follow();
            }

            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private Amendment ViewOf(AskedAmendment amendment) => amendment.View(stored.State.StandingOf(amendment, Now));

    private VersionOutcome Outcome(RegulationVersionId version, bool took)
    {
        var stage = stored.State.StageOf(stored.State.Known(version), Now);
        return took ? new VersionOutcome.Taken(stage) : new VersionOutcome.Settled(stage);
    }

    [LoggerMessage(1501, LogLevel.Error, "What the regulation in force asks for could not be carried out everywhere; it is tried again")]
    private partial void LogNotCarriedOut(Exception fault);
}
