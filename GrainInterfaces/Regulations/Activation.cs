namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The decision that a version comes into force.</summary>
/// <param name="From">From when on; never before the decision.</param>
/// <param name="By">The secretary who decided.</param>
/// <param name="DecidedAt">When.</param>
[GenerateSerializer, Immutable, Alias("activation")]
public sealed record Activation(DateTimeOffset From, string By, DateTimeOffset DecidedAt);
