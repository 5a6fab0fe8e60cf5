using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>Names one town hall.</summary>
[GenerateSerializer, Immutable, Alias("site-id")]
public readonly record struct SiteId(string Value)
{
    public static SiteId Of(string? text) => new(Names.Checked("site", text));

    public override string ToString() => Value;
}
