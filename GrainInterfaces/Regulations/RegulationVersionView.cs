using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>One version as it stands.</summary>
/// <param name="Id">By which it is cited.</param>
/// <param name="Stage">Where it is in its life now.</param>
/// <param name="Content">All that it says.</param>
/// <param name="DraftedBy">Who wrote this text.</param>
/// <param name="DraftedAt">When it was last changed.</param>
/// <param name="Advice">The officer's advice on this text; null while there is none.</param>
/// <param name="Consent">The works council's consent to this text; null while there is none.</param>
/// <param name="Activation">The decision on its day; null while there is none.</param>
[GenerateSerializer, Immutable, Alias("regulation-version-view")]
public sealed record RegulationVersionView(
    RegulationVersionId Id, VersionStage Stage, RegulationContent Content, string DraftedBy, DateTimeOffset DraftedAt, Advice? Advice, Consent? Consent, Activation? Activation)
{
    /// <summary>What it needs before it can come into force, in the order in which it is had; empty when all is there.</summary>
    [Id(0)] public ImmutableArray<ActivationNeed> Needs { get; init; } = [];
}
