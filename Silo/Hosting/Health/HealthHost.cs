using Microsoft.Extensions.Diagnostics.HealthChecks;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Grains.Health;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>All that is checked, in the order in which it is read: what everything else stands on comes first.</summary>
internal static class HealthHost
{
    public static void AddHealth(this IServiceCollection services, NetworkOptions network, bool hasCopies)
    {
        services.AddSingleton(provider => new CameraReach(
            provider.GetRequiredService<IReadOnlyDictionary<CameraId, CameraOptions>>(), network.CameraNetworksText.Split(' '), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SiloHealth>();
        services.AddSingleton<ISiloHealth>(provider => provider.GetRequiredService<SiloHealth>());
        services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        services.Configure<HealthCheckPublisherOptions>(publishing => publishing.Period = TimeSpan.FromMinutes(1)); // some read every header of the vault
        var checks = services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<JournalCheck>("journal")
            .AddCheck<ClockCheck>("clock")
            .AddCheck<SilosCheck>("silos")
            .AddCheck<VaultSpaceCheck>("vault")
            .AddCheck<FilesCheck>("files")
            .AddCheck<CamerasCheck>("cameras")
            .AddCheck<ErasureCheck>("erasure");
        if (hasCopies)
        {
            checks.AddCheck<CopiesCheck>("copies");
        }
    }
}
