using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>What a camera needs to know of the recording it makes; it goes into the header of each part.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Site">The town hall.</param>
/// <param name="Room">The room.</param>
/// <param name="StartedAt">Start of the recording, from which its term counts.</param>
/// <param name="ExpiresAt">From here on nothing of it can be read (R8).</param>
/// <param name="StopAt">The recorder stops here by itself (R4).</param>
/// <param name="RegulationVersion">The regulation under which it is made.</param>
/// <param name="AfterEpoch">Parts of it there are already, up to this epoch, perhaps another camera's: the lease's epoch must be later. 0 for a first start.</param>
/// <param name="Sound">Whether the regulation lets sound be recorded with the picture (R6).</param>
[GenerateSerializer, Immutable, Alias("capture-order")]
public sealed record CaptureOrder(
    RecordingId Recording,
    SiteId Site,
    RoomId Room,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset StopAt,
    string RegulationVersion,
    int AfterEpoch = 0,
    bool Sound = true);
