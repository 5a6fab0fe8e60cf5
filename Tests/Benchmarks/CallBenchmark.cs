using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Benchmarks;

/// <summary>Grain calls of a client through filter and mutual TLS, beside the same calls with neither.</summary>
internal static class CallBenchmark
{
    private const int Rounds = 21;
    private const int Warming = 3;
    private const int FirstGateway = 31000;

    // A busy cluster, and as many as the plain connection takes before it gives no more.
    private static readonly int[] Loads = [64, 512];

    // Short and many, since the machine's own speed changes from second to second.
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(0.7);

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
        var guards = Enum.GetValues<Guard>();
        var silos = await Task.WhenAll(guards.Select(guard => Start(folder, guard)));
        var clients = await Task.WhenAll(guards.Select(guard => Connect(folder, guard)));
        var measured = new List<Measurement>();
        foreach (var atOnce in Loads)
        {
            measured.AddRange(await Measure(clients, atOnce));
        }

        foreach (var host in clients.Concat(silos))
        {
            await host.StopAsync();
            host.Dispose();
        }

        return measured;
    }

    private static async Task<IReadOnlyList<Measurement>> Measure(IHost[] clients, int atOnce)
    {
        // In turns, so that a slow moment of the machine meets all. The first are for the compiler.
        var counts = clients.Select(_ => new List<double>()).ToList();
        for (var round = -Warming; round < Rounds; round++)
        {
            foreach (var (client, own) in clients.Zip(counts))
            {
                var count = await CallsPerSecond(client, atOnce);
                if (round >= 0)
                {
                    own.Add(count);
                }
            }
        }

        var plain = Median(counts[(int)Guard.None]);
        return
        [
            new Measurement($"calls through the filter, {atOnce} at once", "calls/s", Median(counts[(int)Guard.Filter]), plain, 0.95, false),
            new Measurement($"calls through filter and TLS, {atOnce} at once", "calls/s", Median(counts[(int)Guard.FilterAndTls]), plain, 0.9, false),
        ];
    }

    private static async Task<IHost> Start(string folder, Guard guard)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: 12111 + (int)guard, gatewayPort: FirstGateway + (int)guard);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton(new SitePlan(new SiteId("town-hall"), []));
            silo.Services.AddSingleton<ICallerVerifier, SignedCallers>();
            AddCertificates(silo.Services, folder, "silo");
            if (guard == Guard.None)
            {
                return;
            }

            silo.AddRecordingGrains();
            silo.Services.AddSingleton(new CallRules(typeof(IAgendaGrain).Assembly));
            silo.Services.AddSingleton(new ProcessingActivities(new Uri("urn:bench:")));
            silo.Services.AddSingleton<IPseudonyms, NoOne>();
            silo.Services.AddSingleton<IProcessingStore, NoOne>();
            if (guard == Guard.FilterAndTls)
            {
                silo.UseMutualTls();
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static void AddCertificates(IServiceCollection services, string folder, string name)
    {
        services.AddSingleton(provider =>
            new ClusterCertificates(CertificateFiles.In(folder, name), TimeProvider.System, provider.GetRequiredService<ILogger<ClusterCertificates>>()));
        services.AddSingleton<IClusterCertificates>(provider => provider.GetRequiredService<ClusterCertificates>());
    }

    private static async Task<IHost> Connect(string folder, Guard guard)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(TimeProvider.System);
        AddCertificates(builder.Services, folder, "room-booking");
        builder.Services.AddSingleton<CallerSigner>();
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(gatewayPort: FirstGateway + (int)guard);
            client.AddOutgoingGrainCallFilter<CallAsService>(); // the same call for all: what is compared is who judges it
            if (guard == Guard.FilterAndTls)
            {
                client.Services.AddSingleton<MutualTls>();
                client.Services.AddOptions<ClientConnectionOptions>().Configure<MutualTls>((connections, tls) => connections.ConfigureConnection(tls.Connect));
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<double> CallsPerSecond(IHost host, int atOnce)
    {
        var clock = TimeProvider.System;
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var begun = clock.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async number =>
        {
            var agenda = grains.GetGrain<IAgendaGrain>($"room-{number}");
            var count = 0L;
            while (clock.GetElapsedTime(begun) < RoundTime)
            {
                await agenda.Next();
                count++;
            }

            return count;
        }));
        return counts.Sum() / clock.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>What stands between a call and its grain.</summary>
    private enum Guard
    {
        None,
        Filter,
        FilterAndTls,
    }

    /// <summary>For what these calls never reach.</summary>
    private sealed class NoOne : IPseudonyms, IProcessingStore
    {
        public string Of(string reference) => throw new NotSupportedException();

        public IReadOnlyCollection<string> AllOf(string reference) => throw new NotSupportedException();

        public Task Append(IReadOnlyList<ProcessingLine> lines) => throw new NotSupportedException();

        public Task<ImmutableArray<ProcessingLine>> OfTrace(string traceId) => throw new NotSupportedException();

        public Task<ImmutableArray<ProcessingLine>> About(IReadOnlyCollection<string> subjectIds, int most) => throw new NotSupportedException();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
