namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What is known of the clock by which a certificate tells its times.</summary>
/// <param name="Source">Which clock, and what keeps it.</param>
/// <param name="Offset">How far it was off, by its own keeper's estimate; null when nothing keeps it.</param>
/// <param name="MostError">The most by which it may be wrong beside that; null when nothing keeps it.</param>
[GenerateSerializer, Immutable, Alias("clock-reading")]
public sealed record ClockReading(string Source, TimeSpan? Offset, TimeSpan? MostError);
