namespace RecordingCluster.Tests.Architecture;

/// <summary>Tests that measure what this process itself holds: others beside them would add to it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
