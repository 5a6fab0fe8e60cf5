namespace RecordingCluster.Tests.Silo;

/// <summary>Tests on real cameras and processes, one after the other: beside each other they would only wait for the same two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
