using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Rooms;

/// <summary>The town hall as it is built: its rooms, and which of them have a camera.</summary>
public sealed record SitePlan(SiteId Site, ImmutableArray<PlannedRoom> Rooms)
{
    /// <summary>Whether the configuration names something so: the site, a room, a camera.</summary>
    public bool Names(string text) => Site.Value == text || Rooms.Any(planned => planned.Id.Value == text || planned.Camera?.Value == text);

    /// <exception cref="RecordingClusterException">NotFound: the configuration has no such room.</exception>
    public PlannedRoom Room(RoomId room) =>
        Rooms.FirstOrDefault(planned => planned.Id == room)
        ?? throw new RecordingClusterException(
            ErrorKind.NotFound, $"There is no such room in {Site}. Known rooms: {string.Join(", ", Rooms.Select(known => known.Id))}.");
}

/// <summary>One room of the plan.</summary>
/// <param name="Id">The room.</param>
/// <param name="Camera">Its camera, picture and sound; null when it has none.</param>
public sealed record PlannedRoom(RoomId Id, CameraId? Camera);
