using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Grains.Regulations;

[GrainType("regulation")]
internal sealed class RegulationGrain(
    [PersistentState("regulation")] IPersistentState<RegulationState> stored,
    RecordingRules rules,
    CurrentCaller callers,
    TimeProvider clock) : Grain, IRegulationGrain
{
    private DateTimeOffset Now => clock.GetUtcNow();

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

        return Outcome(version, took: stored.State.Known(version).Activation is not null);
    }

    public async Task<VersionOutcome> Withdraw(RegulationVersionId version)
    {
        await stored.Store(stored.State.Withdraw(version, Caller, Now));
        return Outcome(version, took: stored.State.Known(version).Phase is VersionPhase.Withdrawn);
    }

    public Task<RegulationInForce?> InForce() => Task.FromResult(stored.State.InForceAt(Now));

    public Task<ImmutableArray<RegulationVersionView>> Versions()
    {
        var (state, now) = (stored.State, Now);
        return Task.FromResult<ImmutableArray<RegulationVersionView>>(
        [
            .. state.Versions.Select(version => new RegulationVersionView(
                version.Id, state.StageOf(version, now), version.Content, version.DraftedBy, version.DraftedAt, version.Advice, version.Consent, version.Activation)),
        ]);
    }

    private VersionOutcome Outcome(RegulationVersionId version, bool took)
    {
        var stage = stored.State.StageOf(stored.State.Known(version), Now);
        return took ? new VersionOutcome.Taken(stage) : new VersionOutcome.Settled(stage);
    }
}
