using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>Whether the vault is there and has room, and for how long.</summary>
internal sealed class VaultSpaceCheck(VaultOptions vault, TimeProvider clock) : IHealthCheck
{
    // Two cameras at 8 Mbit/s for a talk of two hours.
    private const long TalkBytes = 2L * 1_000_000 * 7200;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.Run(
        () => (Directory.Exists(vault.Folder)
            ? new HealthReading.VaultSpace(new DriveInfo(vault.Folder).AvailableFreeSpace, TalkBytes, Daily())
            : (HealthReading)new HealthReading.NoVault(vault.Folder)).ToResult(),
        cancellationToken);

    // By the files that were written last: those of a week, or of as long as there are any.
    private long? Daily()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var files = new DirectoryInfo(vault.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (file.Length, Age: now - file.LastWriteTimeUtc))
            .Where(file => file.Age < Lately)
            .ToList();
        return files.Count == 0 ? null : (long)(files.Sum(file => file.Length) / Math.Max(1, files.Max(file => file.Age).TotalDays));
    }
}
