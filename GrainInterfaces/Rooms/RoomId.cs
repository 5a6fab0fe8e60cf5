using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>Names one interview room.</summary>
[GenerateSerializer, Immutable, Alias("room-id")]
public readonly record struct RoomId(string Value)
{
    public static RoomId Of(string? text) => new(Names.Checked("room", text));

    public override string ToString() => Value;
}
