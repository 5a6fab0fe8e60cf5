namespace RecordingCluster.GrainInterfaces.Health;

/// <summary>What one check of a silo found, in words.</summary>
/// <param name="Name">By which programs know it, such as vault.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Remedy">Cause and remedy; null when nothing is wrong.</param>
/// <param name="Found">What was found, in numbers; null when there is nothing to say in numbers.</param>
[GenerateSerializer, Immutable, Alias("silo-check")]
public sealed record SiloCheck(string Name, HealthLevel Level, string? Remedy, string? Found);

/// <summary>How grave it is; the graver is the greater.</summary>
[Alias("health-level")]
public enum HealthLevel
{
    Well,

    /// <summary>To be looked at.</summary>
    Attention,

    /// <summary>Broken.</summary>
    Broken,
}
