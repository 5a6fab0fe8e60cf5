using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Whether a talk could be recorded now: the database answers, the vault can be written.</summary>
internal sealed class ReadyCheck(IAuditStore trail, SitePlan plan, VaultOptions vault) : IHealthCheck
{
    // Two cameras at 8 Mbit/s for a talk of two hours.
    private const long LeastFreeBytes = 2L * 1_000_000 * 7200;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await trail.Last(plan.Site);
        }
        catch (Exception fault)
        {
            return HealthCheckResult.Unhealthy("The database does not answer. Look at its server, or at its file, its folder and the disk.", fault);
        }

        DurableFile.MakeFolder(vault.Folder);
        var free = new DriveInfo(vault.Folder).AvailableFreeSpace;
        return free < LeastFreeBytes
            ? HealthCheckResult.Degraded($"The vault's disk has {free >> 20} MiB left, less than a long talk on two cameras takes. Make room; nothing is erased early for it.")
            : HealthCheckResult.Healthy();
    }
}
