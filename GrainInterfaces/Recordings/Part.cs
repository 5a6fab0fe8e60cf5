using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What is known of one part, read from its file.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Span">From its first to the end of its last stored fragment, by the wall clock.</param>
/// <param name="Fragments">How many fragments were stored.</param>
/// <param name="VideoFrames">Pictures in them.</param>
/// <param name="Sound">Length of the sound in them.</param>
/// <param name="SealedBytes">Size of the file.</param>
/// <param name="State">How it ended.</param>
/// <param name="Room">Where it was made: a talk may change rooms. Null when its header cannot be read.</param>
/// <param name="Camera">What made it; null when its header cannot be read.</param>
/// <param name="Vault">The silo that has its file; null where there is one vault alone.</param>
/// <param name="Tracks">What it was made with; null when its header cannot be read.</param>
[GenerateSerializer, Immutable, Alias("part")]
public sealed record Part(
    PartId Id, TimeRange Span, int Fragments, long VideoFrames, TimeSpan Sound, long SealedBytes, PartState State, RoomId? Room = null, CameraId? Camera = null, string? Vault = null,
    MediaTracks? Tracks = null);

/// <summary>How a part ended.</summary>
[Alias("part-state")]
public enum PartState
{
    /// <summary>Still being written.</summary>
    Open,

    /// <summary>Ended on purpose; its last record says how much it holds.</summary>
    Closed,

    /// <summary>Ended by a crash; what was acknowledged is there, and a start afterwards closed it.</summary>
    Recovered,

    /// <summary>Its file is not what was written. It is kept as it is, and named in log and health.</summary>
    Damaged,
}
