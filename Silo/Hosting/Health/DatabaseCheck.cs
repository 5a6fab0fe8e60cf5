using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IAuditStore trail, SitePlan plan, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
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
