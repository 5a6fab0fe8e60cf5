using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether the clock can be trusted (R11).</summary>
internal sealed class ClockCheck(SteadyClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new HealthReading.Clock(clock.Read()).ToResult());
}
