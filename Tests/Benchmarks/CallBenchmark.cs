using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Benchmarks;

/// <summary>Grain calls of a client through filter and mutual TLS, beside the same calls with neither.</summary>
internal static class CallBenchmark
{
    private const int AtOnce = 64;
    private const int Rounds = 7;
    private const int FirstGateway = 31000;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var certificates = Directory.CreateTempSubdirectory("recording-cluster-bench-").FullName;
        try
        {
            return await Run(certificates);
        }
        finally
        {
            Directory.Delete(certificates, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measurement>> Run(string folder)
    {
        new CertificateFolder(folder, TimeProvider.System).MakeFirst("silo", ["localhost"], "room-booking");
        using var silo = await Start(folder, port: 0);
        using var plainSilo = await Start(null, port: 1);
        using var with = await Connect(folder, port: 0);
        using var without = await Connect(null, port: 1);
        await CallsPerSecond(with);
        await CallsPerSecond(without);

        // In turns, so that a slow moment of the machine meets both.
        var (ours, yardstick) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await CallsPerSecond(with));
            yardstick.Add(await CallsPerSecond(without));
        }

        return [new Measurement("calls", "calls/s", Median(ours), Median(yardstick), 0.9, false)];
    }

    private static async Task<IHost> Start(string? certificates, int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: 12111 + port, gatewayPort: FirstGateway + port);
            silo.AddMemoryGrainStorageAsDefault();
            silo.UseInMemoryReminderService();
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton(new RecordingRules());
            silo.Services.AddSingleton(new SitePlan(new SiteId("town-hall"), []));
            silo.Services.AddSingleton<ICallerVerifier, StatedCallers>();
            if (certificates is not null)
            {
                AddCertificates(silo.Services, certificates, "silo");
                silo.UseMutualTls();
                silo.AddRecordingGrains();
            }
            else
            {
                silo.Services.AddSingleton<SiteTrail>();
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static void AddCertificates(IServiceCollection services, string folder, string name) => services.AddSingleton(provider =>
        new ClusterCertificates(CertificateFiles.In(folder, name), TimeProvider.System, provider.GetRequiredService<ILogger<ClusterCertificates>>()));

    private static async Task<IHost> Connect(string? certificates, int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(TimeProvider.System);
        if (certificates is not null)
        {
            AddCertificates(builder.Services, certificates, "room-booking");
            builder.Services.AddSingleton<MutualTls>();
            builder.Services.AddOptions<ClientConnectionOptions>().Configure<MutualTls>((connections, tls) => connections.ConfigureConnection(tls.Connect));
        }

        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort: FirstGateway + port));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<double> CallsPerSecond(IHost host)
    {
        var clock = TimeProvider.System;
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        using var _ = CallerContext.Use(CallerToken.Of(new Caller("official-1", Roles.Official)));
        var begun = clock.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async number =>
        {
            var booking = grains.Booking(new BookingId($"booking-{number}"));
            var count = 0L;
            while (clock.GetElapsedTime(begun) < RoundTime)
            {
                await booking.Read();
                count++;
            }

            return count;
        }));
        return counts.Sum() / clock.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
