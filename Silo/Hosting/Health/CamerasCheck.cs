using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>How the cameras are: one that records, by what its recorder tells; one at rest, by whether it answers at all (R2).</summary>
internal sealed class CamerasCheck(SitePlan plan, IGrainFactory grains, SiloCalls silo, ISiloPlaces places, CameraReach reach, TimeProvider clock) : IHealthCheck
{
    // A grain answers in milliseconds. That of a camera whose silo died just now has no place until the others have noticed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var _ = silo.Begin();
        var all = await Task.WhenAll(plan.Rooms.Where(room => room.Camera is not null).Select(async room =>
            new CameraReading(room.Camera!.Value, room.Id, await FaultOf(room.Camera.Value))));
        return new HealthReading.Cameras([.. all]).ToResult();
    }

    private async Task<CameraFault?> FaultOf(CameraId camera)
    {
        // A camera that no silo reaches has no grain either, and a call to it would wait for half a minute to say so.
        if (!places.IsReached(camera))
        {
            return CameraFault.NoSilo;
        }

        try
        {
            return await grains.Camera(camera).Read().WaitAsync(Patience, clock) switch
            {
                { Recording: not null, Health: var health } => health?.Gap?.Fault,
                _ => await reach.Answers(camera) ? null : CameraFault.Unreachable,
            };
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return CameraFault.NoSilo;
        }
    }
}
