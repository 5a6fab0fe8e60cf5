using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Cameras;

/// <summary>What a camera gave when it was measured last. Apart from its lease: measuring must not stand in the way of a talk that begins.</summary>
internal sealed record MeasuredState
{
    public CameraMeasurement? Last { get; init; }
}
