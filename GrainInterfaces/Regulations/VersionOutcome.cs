using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>What became of a step in the life of a version.</summary>
[GenerateSerializer, Immutable, Alias("version-outcome")]
public abstract record VersionOutcome : IOutcome
{
    private VersionOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>The step was taken, or had been before.</summary>
    /// <param name="Stage">Where the version is now.</param>
    [GenerateSerializer, Immutable, Alias("version-outcome.taken")]
    public sealed record Taken(VersionStage Stage) : VersionOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Something must come first; all of it is named.</summary>
    [GenerateSerializer, Immutable, Alias("version-outcome.missing")]
    public sealed record Missing(ImmutableArray<ActivationNeed> Needs) : VersionOutcome
    {
        public override string? Refusal => $"missing: {string.Join(", ", Needs)}";
    }

    /// <summary>Its coming into force was decided, or it was withdrawn: it does not change any more. Draft another version.</summary>
    [GenerateSerializer, Immutable, Alias("version-outcome.settled")]
    public sealed record Settled(VersionStage Stage) : VersionOutcome
    {
        public override string? Refusal => $"it is settled ({Stage})";
    }
}

/// <summary>What a version needs before it can come into force (R17).</summary>
[Alias("activation-need")]
public enum ActivationNeed
{
    /// <summary>An article of its own for the picture.</summary>
    PictureArticle,

    /// <summary>An article of its own for the sound, also where it says that none is recorded.</summary>
    SoundArticle,

    /// <summary>Reasons for the retention.</summary>
    RetentionReasons,

    /// <summary>A reference to the data protection impact assessment.</summary>
    Dpia,

    /// <summary>The officer's advice on this text.</summary>
    Advice,

    /// <summary>An advice that is not negative: this text must be changed and advised on anew.</summary>
    BetterAdvice,

    /// <summary>The works council's consent to this text, with its date.</summary>
    Consent,
}

/// <summary>Where a version is in its life.</summary>
[Alias("version-stage")]
public enum VersionStage
{
    /// <summary>Being written; waits for the officer's advice.</summary>
    Draft,

    /// <summary>The officer has advised; waits for the works council's consent.</summary>
    Advised,

    /// <summary>The works council has consented; waits for the decision to activate.</summary>
    Consented,

    /// <summary>Decided, and its day is still to come.</summary>
    Scheduled,

    /// <summary>The one that counts.</summary>
    InForce,

    /// <summary>A later one counts.</summary>
    Superseded,

    /// <summary>Taken back before it came into force.</summary>
    Withdrawn,
}
