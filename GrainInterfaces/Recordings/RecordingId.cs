namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Names one recording, from the start of its talk until it is erased.</summary>
[GenerateSerializer, Immutable, Alias("recording-id")]
public readonly record struct RecordingId(Guid Value)
{
    public static RecordingId New() => new(Guid.CreateVersion7());

    public override string ToString() => $"rec_{Value:N}";
}
