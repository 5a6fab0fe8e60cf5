using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether what is past its term is gone (R9), by the headers of the files of this silo's vault.</summary>
internal sealed class ErasureCheck(FileVault vault) : IHealthCheck
{
    private static readonly TimeSpan MostLate = TimeSpan.FromHours(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = (await vault.KnownOverdue(TimeSpan.Zero)).Length;
        return new HealthReading.Erasure(waiting, waiting == 0 ? 0 : (await vault.KnownOverdue(MostLate)).Length).ToResult();
    }
}
