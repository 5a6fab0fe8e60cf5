using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Silo.Vault;

/// <summary>What is known when a part begins. The last tells the silo whose part it is, where this is a copy of one.</summary>
internal sealed record PartOpening(
    PartId Part,
    SiteId Site,
    RoomId Room,
    CameraId Camera,
    DateTimeOffset RecordingStartedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset PartStartedAt,
    string RegulationVersion,
    MediaTracks Tracks = MediaTracks.Picture | MediaTracks.Sound,
    string? CopyOf = null);
