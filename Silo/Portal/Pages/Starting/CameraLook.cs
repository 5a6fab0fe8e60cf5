using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Pages.Starting;

/// <summary>One camera of the plan, and what it gave when it was measured last.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Room">Where it is.</param>
/// <param name="IsReached">Whether a silo that runs reaches it; if not, nothing is known of it now.</param>
/// <param name="Last">Null when it was never measured.</param>
public sealed record CameraLook(CameraId Id, RoomId Room, bool IsReached, CameraMeasurement? Last)
{
    public bool IsReady => IsReached && Last is { IsFit: true, Sound: not { IsSilent: true } };

    public static async Task<CameraLook[]> TakeAll(IGrainFactory grains, SitePlan plan, ISiloPlaces places) =>
        await Task.WhenAll(plan.Rooms.Where(room => room.Camera is not null).Select(async room =>
        {
            var isReached = places.IsReached(room.Camera!.Value);
            return new CameraLook(room.Camera.Value, room.Id, isReached, isReached ? await grains.Camera(room.Camera.Value).LastMeasurement() : null);
        }));
}
