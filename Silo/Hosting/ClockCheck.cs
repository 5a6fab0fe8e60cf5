using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Whether the clock can be trusted (R11).</summary>
internal sealed class ClockCheck(SteadyClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(clock.Read() is var reading && reading.IsTrusted
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                $"The clock says {reading.Wall:u} and should say {reading.Counted:u}. Erasure rests and no recording starts. Set the machine's clock right; "
                + "if what it says is right, the secretary or the data protection officer accepts it."));
}
