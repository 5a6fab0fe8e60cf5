using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether a file is gone that was there since the silo's start, and whether the last look through all files found one that a disk has harmed.</summary>
internal sealed class FilesCheck(VaultScrub scrub, FileVault vault) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var vanished = (await vault.Vanished()).Select(part => $"{part}");
        return new HealthReading.VaultFiles(scrub.Last?.At, [.. (scrub.Last?.Findings ?? []).Select(finding => finding.What).Union(vanished)]).ToResult();
    }
}
