using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Benchmarks;

/// <summary>Entries of the trail by its grain, beside the same rows put into the same table one transaction each.</summary>
internal static class AuditBenchmark
{
    private const int Writers = 512; // a busy morning of a hundred town halls
    private const int Rounds = 5;
    private const int Port = 12131;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(3);

    private static readonly AuditNote Note = new(
        "official-1 (Official)", "booking/start", "booking/7f1c0a52-6d1e-4c39-9d4d-1f1f2b3c4d5e", "portal", AuditResult.Done, 1, "{\"name\":\"Started\",\"facts\":{\"recording\":\"rec_01a212db6ac97cef8004cf6a35287e95\"}}");

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-cluster-bench-").FullName;
        try
        {
            using var host = await BenchSilo.Start(folder, Port);
            var plain = new AuditStore(host.Services.GetRequiredService<Database>());
            await ByGrain(host);

            // In turns, so that a slow moment of the machine meets both.
            var (ours, yardstick) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                ours.Add(await ByGrain(host));
                yardstick.Add(await OneByOne(plain, new SiteId($"plain-{round}")));
            }

            await host.StopAsync();
            return [new Measurement("trail entries by group commit", "entries/s", Median(ours), Median(yardstick), 5, false)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> ByGrain(IHost host)
    {
        using var _ = host.Services.GetRequiredService<SiloCalls>().Begin();
        var trail = host.Services.GetRequiredService<IGrainFactory>().AuditTrail(BenchSilo.Site);
        var (clock, begun) = (TimeProvider.System, TimeProvider.System.GetTimestamp());
        var counts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            var count = 0L;
            while (clock.GetElapsedTime(begun) < RoundTime)
            {
                await trail.Write(Note);
                count++;
            }

            return count;
        }));
        return counts.Sum() / clock.GetElapsedTime(begun).TotalSeconds;
    }

    // Rows, table, connection and durability are the same; only nobody waits together.
    private static async Task<double> OneByOne(AuditStore store, SiteId site)
    {
        var (clock, begun, count) = (TimeProvider.System, TimeProvider.System.GetTimestamp(), 0L);
        AuditRecord? last = null;
        while (clock.GetElapsedTime(begun) < RoundTime)
        {
            last = AuditChain.Next(last, Note, clock.GetUtcNow());
            await store.TryAppend(site, [last]);
            count++;
        }

        return count / clock.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
