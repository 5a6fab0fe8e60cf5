using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations;

/// <summary>One version: its text, and how far it has come.</summary>
internal sealed record RegulationVersion(RegulationVersionId Id, RegulationContent Content, string DraftedBy, DateTimeOffset DraftedAt, VersionPhase Phase)
{
    public Advice? Advice => Phase switch
    {
        VersionPhase.Advised advised => advised.Advice,
        VersionPhase.Consented consented => consented.Advice,
        VersionPhase.Decided decided => decided.Advice,
        _ => null,
    };

    public Consent? Consent => Phase switch
    {
        VersionPhase.Consented consented => consented.Consent,
        VersionPhase.Decided decided => decided.Consent,
        _ => null,
    };

    public Activation? Activation => (Phase as VersionPhase.Decided)?.Activation;

    public bool IsSettled => Phase is VersionPhase.Decided or VersionPhase.Withdrawn;
}

/// <summary>How far a version has come. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Advised), "advised")]
[JsonDerivedType(typeof(Consented), "consented")]
[JsonDerivedType(typeof(Decided), "decided")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
internal abstract record VersionPhase
{
    private VersionPhase()
    {
    }

    /// <summary>Written; nobody has said anything of this text.</summary>
    public sealed record Drafted : VersionPhase;

    /// <summary>The officer has advised on this text.</summary>
    public sealed record Advised(Advice Advice) : VersionPhase;

    /// <summary>The works council has consented to this text.</summary>
    public sealed record Consented(Advice Advice, Consent Consent) : VersionPhase;

    /// <summary>Its day is decided: it counts from then on, until a later one does.</summary>
    public sealed record Decided(Advice Advice, Consent Consent, Activation Activation) : VersionPhase;

    /// <summary>Taken back before it counted.</summary>
    public sealed record Withdrawn(string By, DateTimeOffset At) : VersionPhase;
}
