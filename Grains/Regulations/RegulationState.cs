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

    private const int MostAmendments = 240;

    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

    /// <summary>In the order in which they were first drafted.</summary>
    public ImmutableArray<RegulationVersion> Versions { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableArray<SwitchOff> SwitchOffs { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public ImmutableArray<AskedAmendment> Amendments { get; init; } = [];

    /// <summary>What was last published and told to the recordings; null when nothing was yet.</summary>
    public RegulationInForce? Told { get; init; }

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
    public RegulationInForce? InForceAt(DateTimeOffset now)
    {
        if (CountingAt(now) is not { Activation: { } activation } version)
        {
            return null;
        }

        var terms = version.Content.Terms;
        var recording = terms.Recording && OffSince(Switchable.AllRecording, activation) is null;
        return new RegulationInForce(
            version.Id, activation.From, terms with { Recording = recording, Sound = recording && terms.Sound && OffSince(Switchable.Sound, activation) is null });
    }

    /// <summary>The first decision that still holds is the one that counts.</summary>
    public (RegulationState Next, SwitchOff Holding) SwitchOff(SwitchOff decision)
    {
        var holding = OffSince(decision.What, CountingAt(decision.At)?.Activation);
        return holding is not null ? (this, holding) : (this with { SwitchOffs = SwitchOffs.Add(decision) }, decision);
    }

    /// <summary>The next moment at which something comes by the clock alone; null when nothing is ahead.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now) => Versions
        .Select(version => version.Activation?.From)
        .Concat(Amendments.SelectMany(amendment => amendment.Borders))
        .Where(moment => moment > now)
        .Min();

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

    /// <summary>The first request under an id is the one that counts.</summary>
    public RegulationState Ask(AskedAmendment amendment) =>
        Amendments.Any(asked => asked.Id == amendment.Id) ? this
        : Amendments.Length < MostAmendments ? this with { Amendments = Amendments.Add(amendment) }
        : throw new RecordingClusterException(ErrorKind.Conflict, $"There are {MostAmendments} requests already. Look at them.");

    /// <summary>Met by the first version that names it and has counted; otherwise as far as the calendar is.</summary>
    public AmendmentStanding StandingOf(AskedAmendment amendment, DateTimeOffset now) =>
        Versions.Any(version => version.Content.Meets.Contains(amendment.Id) && version.Activation is { } activation && activation.From <= now)
            ? AmendmentStanding.Met
            : amendment.ByCalendar(now);

    /// <summary>The requests whose standing was not yet told, as they stand now.</summary>
    public ImmutableArray<AskedAmendment> NewsAt(DateTimeOffset now) =>
        [.. Amendments.Select(amendment => amendment with { Said = StandingOf(amendment, now) }).Except(Amendments)];

    public RegulationState Tell(RegulationInForce? inForce, DateTimeOffset now) => this with
    {
        Told = inForce,
        Amendments = [.. Amendments.Select(amendment => amendment with { Said = StandingOf(amendment, now) })],
    };

    /// <exception cref="RecordingClusterException">NotFound: there is no such version.</exception>
    public RegulationVersion Known(RegulationVersionId id) =>
        Find(id) ?? throw new RecordingClusterException(ErrorKind.NotFound, "There is no such version of the regulation. Draft it first.");

    public RegulationVersion? Find(RegulationVersionId id) => Versions.FirstOrDefault(version => version.Id == id);

    // Of two for the same moment the one decided later counts.
    private RegulationVersion? CountingAt(DateTimeOffset now) => Versions
        .Where(version => version.Activation is { } activation && activation.From <= now)
        .MaxBy(version => (version.Activation!.From, version.Activation.DecidedAt));

    // What was decided before a switch-off, if only for a later day, does not undo it: switching on again is a new decision.
    private SwitchOff? OffSince(Switchable what, Activation? activation) =>
        SwitchOffs.FirstOrDefault(decision => decision.What == what && (activation is null || decision.At >= activation.DecidedAt));

    private RegulationState Put(RegulationVersion version) =>
        this with { Versions = Versions.SetItem(Versions.IndexOf(Find(version.Id)!), version) };
}
