namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>Names one request to look.</summary>
[GenerateSerializer, Immutable, Alias("access-request-id")]
public readonly record struct AccessRequestId(Guid Value)
{
    public static AccessRequestId New() => new(Guid.CreateVersion7());

    public override string ToString() => $"req_{Value:N}";
}
