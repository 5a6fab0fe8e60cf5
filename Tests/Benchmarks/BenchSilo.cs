using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Trail;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Benchmarks;

/// <summary>A silo in this process as in service: real database, ring, vault and certificates in one folder; without cameras and portal.</summary>
internal static class BenchSilo
{
    public const string ServiceId = "bench";

    public static readonly SiteId Site = new("town-hall");

    public static async Task<IHost> Start(string folder, int port)
    {
        var certificates = Path.Combine(folder, "certificates");
        new CertificateFolder(certificates, TimeProvider.System).MakeFirst("silo", ["localhost"], "room-booking");
        var clock = new SteadyClock(TimeProvider.System);
        var vault = VaultIn(folder);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (ServiceId, ServiceId));
            silo.ConfigureEndpoints(IPAddress.Loopback, port, port + 1);
            silo.UseStorage(() => new SqliteDatabase(DatabaseIn(folder)).MadeWhole());
            silo.AddRecordingGrains();
            silo.Services.AddSingleton(clock);
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.AddSingleton(new RecordingRules());
            silo.Services.AddSingleton(new SitePlan(Site, [new PlannedRoom(new RoomId("room-1"), new CameraId("camera-1"))]));
            silo.Services.AddSingleton(new ClusterCertificates(CertificateFiles.In(certificates, "silo"), TimeProvider.System, NullLogger<ClusterCertificates>.Instance));
            silo.Services.AddSingleton<IClusterCertificates>(provider => provider.GetRequiredService<ClusterCertificates>());
            silo.Services.AddSingleton<ICallerVerifier, SignedCallers>();
            silo.Services.AddSingleton(vault);
            silo.Services.AddSingleton(KeyRing.Open(vault, clock));
            silo.Services.AddSingleton<ISiloVault>(provider => new FileVault(vault, provider.GetRequiredService<KeyRing>(), clock, NullLogger<FileVault>.Instance));
            silo.Services.AddSingleton<IHeadKeeper>(new HeadFiles(Path.Combine(folder, "heads")));
            silo.Services.AddSingleton<IClockWitness, KernelClock>();
            silo.Services.AddSingleton(new ProcessingActivities(new Uri("urn:bench:")));
            silo.Services.AddSingleton<IPseudonyms, Pseudonyms>();
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static string DatabaseIn(string folder) => Path.Combine(folder, "cluster.db");

    public static VaultOptions VaultIn(string folder) => new(Path.Combine(folder, "vault"), Path.Combine(folder, "keys"));
}
