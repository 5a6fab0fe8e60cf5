using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Silo.Copies;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether what this silo recorded is in the vault of its sister too.</summary>
internal sealed class CopiesCheck(SecondCopies copies, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lag = copies.Lag;
        return Task.FromResult(new HealthReading.Copies(copies.Sister, lag.Parts, lag.Since is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero, lag.Why).ToResult());
    }
}
