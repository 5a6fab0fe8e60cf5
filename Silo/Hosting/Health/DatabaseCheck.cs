using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(DatabasePresence presence, IAuditStore trail, SitePlan plan, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (presence.IsAway)
        {
            return new HealthReading.Database(null).ToResult(); // it is asked each second, and nobody waits for it meanwhile
        }

        var begun = clock.GetTimestamp();
        try
        {
            await trail.Last(plan.Site);
            return new HealthReading.Database(clock.GetElapsedTime(begun)).ToResult();
        }
        catch (Exception fault)
        {
            return new HealthReading.Database(null).ToResult(fault);
        }
    }
}
