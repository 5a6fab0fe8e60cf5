using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The works council's consent to one draft (art. 27 WOR).</summary>
/// <param name="On">The day on which the council consented.</param>
/// <param name="Document">Where it is found.</param>
/// <param name="RecordedBy">Who recorded it here.</param>
/// <param name="RecordedAt">When.</param>
[GenerateSerializer, Immutable, Alias("consent")]
public sealed record Consent(DateOnly On, DocumentReference Document, string RecordedBy, DateTimeOffset RecordedAt);
