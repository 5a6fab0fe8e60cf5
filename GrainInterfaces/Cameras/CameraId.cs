using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>Names one camera, picture and sound together.</summary>
[GenerateSerializer, Immutable, Alias("camera-id")]
public readonly record struct CameraId(string Value)
{
    public static CameraId Of(string? text) => new(Names.Checked("camera", text));

    public override string ToString() => Value;
}
