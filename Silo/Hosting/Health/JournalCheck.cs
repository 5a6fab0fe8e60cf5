using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Silo.Away;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether all that was done while the database was away is entered.</summary>
internal sealed class JournalCheck(JournalFile journal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(new HealthReading.Journal(journal.Waiting.Length, journal.IsDamaged).ToResult());
}
