using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Site</c>: the town hall and its rooms.</summary>
internal sealed class SiteOptions
{
    public string Id { get; set; } = "town-hall";

    /// <summary>By room id.</summary>
    public Dictionary<string, RoomOptions> Rooms { get; set; } = [];

    public IEnumerable<string> Faults(IReadOnlyCollection<string> cameras)
    {
        if (!Names.IsName(Id))
        {
            yield return "Site:Id must be 1 to 40 characters out of a-z, 0-9 and -. An example that is right: town-hall.";
        }

        if (Rooms.Count == 0)
        {
            yield return "Site:Rooms names no room. An example that is right: Site:Rooms:room-1:Camera = camera-1.";
        }

        foreach (var (room, options) in Rooms)
        {
            if (!Names.IsName(room))
            {
                yield return $"Site:Rooms:{room} is no name: 1 to 40 characters out of a-z, 0-9 and -. An example that is right: room-1.";
            }

            if (options.Camera is { } camera && !cameras.Contains(camera))
            {
                yield return $"Site:Rooms:{room}:Camera names {camera}, which has no section. Set Cameras:{camera}:Address, for example to rtsp://10.0.5.11:554/stream1.";
            }
        }

        foreach (var shared in Rooms.Where(room => room.Value.Camera is not null).GroupBy(room => room.Value.Camera).Where(rooms => rooms.Count() > 1))
        {
            yield return $"Site:Rooms: camera {shared.Key} hangs in {string.Join(" and ", shared.Select(room => room.Key))}. Give each room a camera of its own.";
        }
    }

    public SitePlan ToPlan() => new(
        SiteId.Of(Id),
        [.. Rooms.OrderBy(room => room.Key, StringComparer.Ordinal).Select(room => new PlannedRoom(RoomId.Of(room.Key), room.Value.Camera is { } camera ? CameraId.Of(camera) : null))]);
}

/// <summary>One room.</summary>
internal sealed class RoomOptions
{
    /// <summary>Its camera; left out for a room without.</summary>
    public string? Camera { get; set; }
}
