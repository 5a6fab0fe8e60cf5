using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What the vault of a sister silo has of a part, sealed under a key of that vault's own ring. It shows no moment that the part does not, so it never counts as a part.</summary>
/// <param name="Part">Of which it is a copy.</param>
/// <param name="Vault">The silo that has it.</param>
/// <param name="Fragments">How many of the part's fragments it had when it was last told, from the first on.</param>
/// <param name="Until">The end of the last of them.</param>
/// <param name="IsWhole">The part has ended, and all of it is in the copy.</param>
[GenerateSerializer, Immutable, Alias("part-copy")]
public sealed record PartCopy(PartId Part, string Vault, int Fragments, DateTimeOffset Until, bool IsWhole);

/// <summary>A part of which the vault of a sister silo is to keep a copy: all that the copy's own header says, and the room that it takes.</summary>
/// <param name="Part">Its name, which the copy has too.</param>
/// <param name="Vault">The silo that made it.</param>
/// <param name="Site">From its header, as is all that follows but the last.</param>
/// <param name="Room">Where it was made.</param>
/// <param name="Camera">What made it.</param>
/// <param name="RecordingStartedAt">From here its term counts.</param>
/// <param name="ExpiresAt">The copy must be gone then, like the part (R8).</param>
/// <param name="PartStartedAt">When the part began.</param>
/// <param name="RegulationVersion">Under which it is made.</param>
/// <param name="Tracks">What it is made with.</param>
/// <param name="Bytes">As much as it can become.</param>
[GenerateSerializer, Immutable, Alias("part-to-copy")]
public sealed record PartToCopy(
    PartId Part,
    string Vault,
    SiteId Site,
    RoomId Room,
    CameraId Camera,
    DateTimeOffset RecordingStartedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset PartStartedAt,
    string RegulationVersion,
    MediaTracks Tracks,
    long Bytes);
