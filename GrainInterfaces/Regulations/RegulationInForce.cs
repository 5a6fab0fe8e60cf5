namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The regulation as it counts at a moment: what was switched off since its activation is off in its terms.</summary>
/// <param name="Version">Which version.</param>
/// <param name="Since">From when on it counts.</param>
/// <param name="Terms">Its terms, as they hold now.</param>
[GenerateSerializer, Immutable, Alias("regulation-in-force")]
public sealed record RegulationInForce(RegulationVersionId Version, DateTimeOffset Since, RegulationTerms Terms);
