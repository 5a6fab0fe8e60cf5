using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Benchmarks;

/// <summary>Grain calls of a client through the filter, beside the same calls without it.</summary>
internal static class CallBenchmark
{
    private const int AtOnce = 64;
    private const int Rounds = 7;
    private const int FirstGateway = 31000;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        using var silo = await Start(filtered: true, port: 0);
        using var plainSilo = await Start(filtered: false, port: 1);
        using var with = await Connect(port: 0);
        using var without = await Connect(port: 1);
        await CallsPerSecond(with);
        await CallsPerSecond(without);

        // In turns, so that a slow moment of the machine meets both.
        var (ours, yardstick) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await CallsPerSecond(with));
            yardstick.Add(await CallsPerSecond(without));
        }

        return [new Measurement("calls", "calls/s", Median(ours), Median(yardstick), 0.95, false)];
    }

    private static async Task<IHost> Start(bool filtered, int port)
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
            silo.Services.AddSingleton<ICallerVerifier, SignedCallers>();
            if (filtered)
            {
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

    private static async Task<IHost> Connect(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort: FirstGateway + port));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<double> CallsPerSecond(IHost host)
    {
        var clock = TimeProvider.System;
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        using var _ = CallerContext.Use("");
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
