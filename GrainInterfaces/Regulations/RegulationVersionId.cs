using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>Names one version of the regulation, as the town hall cites it. It goes into the header of every part made under it.</summary>
[GenerateSerializer, Immutable, Alias("regulation-version-id")]
public readonly record struct RegulationVersionId(string Value)
{
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: it is no name.</exception>
    public static RegulationVersionId Of(string? text) => new(Names.Checked("regulation version", text));

    public override string ToString() => Value;
}
