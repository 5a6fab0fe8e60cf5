using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Which silos run, by what the cluster knows of its members. One that came back has its old entry still, under the same name.</summary>
internal sealed class SilosCheck(IClusterMembershipService membership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var byName = membership.CurrentSnapshot.Members.Values.ToLookup(member => member.Status == SiloStatus.Active, member => member.Name);
        return Task.FromResult(new HealthReading.Silos([.. byName[true].Distinct().Order()], [.. byName[false].Except(byName[true]).Order()]).ToResult());
    }
}
