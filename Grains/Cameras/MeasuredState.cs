using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Cameras;

/// <summary>What a camera gave when it was measured last. Apart from its lease: measuring must not stand in the way of a talk that begins.</summary>
[GenerateSerializer, Alias("measured-state")] // it moves with its grain
internal sealed record MeasuredState
{
    [Id(0)]
    public CameraMeasurement? Last { get; init; }
}
