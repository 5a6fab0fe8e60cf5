using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting.Health;

/// <summary>All that is checked, in the order in which it is read: what everything else stands on comes first.</summary>
internal static class HealthHost
{
    public static void AddHealth(this IServiceCollection services, NetworkOptions network)
    {
        services.AddSingleton(provider => new CameraReach(
            provider.GetRequiredService<IReadOnlyDictionary<CameraId, CameraOptions>>(), network.CameraNetworksText.Split(' '), provider.GetRequiredService<TimeProvider>()));
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<ClockCheck>("clock")
            .AddCheck<SilosCheck>("silos")
            .AddCheck<VaultSpaceCheck>("vault")
            .AddCheck<CamerasCheck>("cameras")
            .AddCheck<ErasureCheck>("erasure");
    }
}
