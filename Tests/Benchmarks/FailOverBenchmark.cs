using System.Globalization;
using System.Security.Cryptography;
using RecordingCluster.Tests.Faults;
using RecordingCluster.Tests.PostgreSql;

namespace RecordingCluster.Benchmarks;

/// <summary>Two silos on one PostgreSQL, and the one that records is killed, again and again: how long until the other has stored the next fragment, as the cluster tells it; beside the 10 s that are promised.</summary>
internal static class FailOverBenchmark
{
    private const int Kills = 10;
    private const double PromisedSeconds = 10;

    // Of each of the two before it is killed.
    private const int FragmentsBefore = 2;

    // One that takes longer than promised is a number too.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Any moment between two fragments of the camera, which come every second.
    private const int FragmentMilliseconds = 1000;

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        await using var server = PostgreSqlServer.Start("fsync=on"); // as in service; tests do without
        await using var two = await TwoSilos.Start(server: server);
        var (booking, recording) = await two.StartTalk();
        var taken = new List<double>();
        for (var i = 0; i < Kills; i++)
        {
            var killed = two.Of((await two.Last(two.First, recording, FragmentsBefore)).Vault);
            var left = two.Other(killed);
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(FragmentMilliseconds)), TimeProvider.System);
            var dying = killed.Kill();
            taken.Add((await two.TakenOver(left, recording, Patience)).TotalSeconds);
            await dying;
            await killed.ComeBack();
        }

        await two.First.StopTalk(booking);
        taken.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"taken over after {string.Join(", ", taken.Select(time => $"{time:F1}"))} s"));
        return
        [
            new Measurement($"recording silo killed {Kills} times: shortest until recorded elsewhere", "s", taken[0], PromisedSeconds, 1, true),
            new Measurement("median", "s", Percentile(taken, 50), PromisedSeconds, 1, true),
            new Measurement("90th percentile", "s", Percentile(taken, 90), PromisedSeconds, 1, true),
            new Measurement("longest", "s", taken[^1], PromisedSeconds, 1, true),
        ];
    }

    // The smallest that so many in a hundred do not exceed.
    private static double Percentile(List<double> sorted, int percent) => sorted[((sorted.Count * percent) + 99) / 100 - 1];
}
