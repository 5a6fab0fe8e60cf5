using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether the last look through all files found one that a disk has harmed.</summary>
internal sealed class FilesCheck(VaultScrub scrub) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new HealthReading.VaultFiles(scrub.Last?.At, [.. (scrub.Last?.Findings ?? []).Select(finding => finding.What).Distinct()]).ToResult());
}
