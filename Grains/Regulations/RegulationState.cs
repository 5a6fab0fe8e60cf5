using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations;

/// <summary>What is stored of a site's regulation, and every decision on it.</summary>
internal sealed record RegulationState
{
    // One a month for twenty years.
    private const int MostVersions = 240;

    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

    /// <summary>In the order in which they were first drafted.</summary>
    public ImmutableArray<RegulationVersion> Versions { get; init; } = [];

    /// <summary>A changed text is a new draft: what was said of the old one does not count for it.</summary>
    public RegulationState Draft(RegulationVersionId id, RegulationContent content, string by, DateTimeOffset now)
    {
        var drafted = new RegulationVersion(id, content, by, now, new VersionPhase.Drafted());
        if (Find(id) is { } version)
        {
            return version.IsSettled || version.Content.Equals(content) ? this : Put(drafted);
        }

        return Versions.Length < MostVersions
            ? this with { Versions = Versions.Add(drafted) }
            : throw new RecordingClusterException(ErrorKind.Conflict, $"There are {MostVersions} versions already. Change a draft there is.");
    }

    public RegulationState Advise(RegulationVersionId id, Advice advice)
    {
        var version = Known(id);
        return version.Advice is { } earlier && earlier with { At = advice.At } == advice
            ? this
            : version.Phase switch
            {
                VersionPhase.Drafted or VersionPhase.Advised => Put(version with { Phase = new VersionPhase.Advised(advice) }),
                VersionPhase.Consented consented => Put(version with { Phase = consented with { Advice = advice } }),
                _ => this,
            };
    }

    /// <summary>The first consent to a text is the one that counts. Unchanged without an advice.</summary>
    public RegulationState Consent(RegulationVersionId id, Consent consent) =>
        Known(id) is { Phase: VersionPhase.Advised { Advice: var advice } } version ? Put(version with { Phase = new VersionPhase.Consented(advice, consent) }) : this;

    /// <summary>Unchanged while something is missing, and once it is settled.</summary>
    public RegulationState Activate(RegulationVersionId id, DateTimeOffset from, string by, DateTimeOffset now) =>
        Known(id) is { Phase: VersionPhase.Consented(var advice, var consent) } version && Needs(version).IsEmpty
            ? Put(version with { Phase = new VersionPhase.Decided(advice, consent, new Activation(from, by, now)) })
            : this;

    /// <summary>Unchanged when it has counted already.</summary>
    public RegulationState Withdraw(RegulationVersionId id, string by, DateTimeOffset now) =>
        StageOf(Known(id), now) is VersionStage.InForce or VersionStage.Superseded or VersionStage.Withdrawn
            ? this
            : Put(Known(id) with { Phase = new VersionPhase.Withdrawn(by, now) });

    /// <summary>The version that counts at a moment, by the clock alone; null when none does.</summary>
    public RegulationInForce? InForceAt(DateTimeOffset now) =>
        CountingAt(now) is { Activation: { } activation } version ? new RegulationInForce(version.Id, activation.From, version.Content.Terms) : null;

    /// <summary>What a version needs before it can come into force (R17); the order is that in which it is had.</summary>
    public static ImmutableArray<ActivationNeed> Needs(RegulationVersion version)
    {
        var needs = ImmutableArray.CreateBuilder<ActivationNeed>();
        Need(!version.Content.Has(ArticleId.Picture), ActivationNeed.PictureArticle);
        Need(!version.Content.Has(ArticleId.Sound), ActivationNeed.SoundArticle);
        Need(!version.Content.Has(ArticleId.RetentionReasons), ActivationNeed.RetentionReasons);
        Need(version.Content.Dpia is null, ActivationNeed.Dpia);
        Need(version.Advice is null, ActivationNeed.Advice);
        Need(version.Advice is { Kind: AdviceKind.Negative }, ActivationNeed.BetterAdvice);
        Need(version.Consent is null, ActivationNeed.Consent);
        return needs.ToImmutable();

        void Need(bool isMissing, ActivationNeed need)
        {
            if (isMissing)
            {
                needs.Add(need);
            }
        }
    }

    public VersionStage StageOf(RegulationVersion version, DateTimeOffset now) => version.Phase switch
    {
        VersionPhase.Drafted => VersionStage.Draft,
        VersionPhase.Advised => VersionStage.Advised,
        VersionPhase.Consented => VersionStage.Consented,
        VersionPhase.Withdrawn => VersionStage.Withdrawn,
        VersionPhase.Decided { Activation.From: var from } when from > now => VersionStage.Scheduled,
        _ => CountingAt(now)!.Id == version.Id ? VersionStage.InForce : VersionStage.Superseded,
    };

    /// <summary>When a version can be decided to come into force: from now on, within a year.</summary>
    public static void CheckFrom(DateTimeOffset from, DateTimeOffset now)
    {
        if (from < now || from - now > LongestAhead)
        {
            throw RecordingClusterException.Invalid("from", "must be from now on and within a year: nothing comes into force in the past.", "Leave it out for at once.");
        }
    }

    public static void CheckConsent(DateOnly on, DocumentReference document, DateOnly today)
    {
        document.Check("document");
        if (on > today)
        {
            throw RecordingClusterException.Invalid("on", "is a day to come.", "Record the consent when the works council has given it.");
        }
    }

    /// <exception cref="RecordingClusterException">NotFound: there is no such version.</exception>
    public RegulationVersion Known(RegulationVersionId id) =>
        Find(id) ?? throw new RecordingClusterException(ErrorKind.NotFound, $"There is no version {id} of the regulation. Draft it first.");

    public RegulationVersion? Find(RegulationVersionId id) => Versions.FirstOrDefault(version => version.Id == id);

    // Of two for the same moment the one decided later counts.
    private RegulationVersion? CountingAt(DateTimeOffset now) => Versions
        .Where(version => version.Activation is { } activation && activation.From <= now)
        .MaxBy(version => (version.Activation!.From, version.Activation.DecidedAt));

    private RegulationState Put(RegulationVersion version) =>
        this with { Versions = Versions.SetItem(Versions.IndexOf(Find(version.Id)!), version) };
}
