namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>Names one request to amend the regulation.</summary>
[GenerateSerializer, Immutable, Alias("amendment-id")]
public readonly record struct AmendmentId(Guid Value)
{
    public static AmendmentId New() => new(Guid.CreateVersion7());

    public override string ToString() => $"amd_{Value:N}";
}
