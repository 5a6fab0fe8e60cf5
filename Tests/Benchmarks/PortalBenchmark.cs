using System.Net;
using RecordingCluster.Tool.Walking;

namespace RecordingCluster.Benchmarks;

/// <summary>The portal as its people meet it: pages, the first fragment of a viewing, and many who look at once; beside nginx that serves the same bytes as plain files.</summary>
internal static class PortalBenchmark
{
    private const int Rounds = 15; // with the viewers, 16 tickets a person: .NET keeps 20 cookies of a server
    private const int Viewers = 32;
    private const int PagesAtOnce = 8;
    private const int PageRounds = 3;
    private const int PagesInRound = 200; // of each person; a person may ask 300 at once, and 50 more each second

    private static readonly TimeSpan Recorded = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(6);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-cluster-bench-").FullName;
        try
        {
            using var portal = await BenchPortal.Start(Path.Combine(folder, "data"));
            using var nginx = await Nginx.Start(Path.Combine(folder, "nginx"), portal.Certificates);
            using var plain = new HttpClient(PortalTrust.Handler(portal.Certificates, IPAddress.Loopback)) { BaseAddress = nginx.Address };
            var (recording, window) = await portal.Record(Recorded);
            var viewings = await portal.Begin(1 + Rounds + Viewers, recording, window);
            var whole = await Fetch(viewings[0].Person.Download, viewings[0].Playlist, most: int.MaxValue, (path, bytes) => nginx.Put(path, bytes));
            var (first, plainFirst) = await FirstFragments(viewings[1..(1 + Rounds)], plain, new Uri(nginx.Address, "playlist.m3u8"));
            await Task.Delay(Refill, TimeProvider.System);
            var players = await Task.WhenAll(viewings[(1 + Rounds)..].Select(viewing => BenchPlayer.Play(viewing.Person, viewing.Playlist)));
            await Task.Delay(Refill, TimeProvider.System);
            var page = $"my-requests/{viewings[0].Request}";
            await nginx.Put(page, await viewings[0].Person.Download(new Uri(portal.Address, page)));
            var (pages, answers, files) = await Pages(portal, plain, viewings);
            return
            [
                new Measurement($"first fragment of a viewing ({whole / 1000} kB recorded)", "ms", first, plainFirst, 2, true),
                new Measurement($"{Viewers} viewers at once, slowest start", "s", players.Max(player => player.Start.TotalSeconds), 2, 1, true),
                new Measurement($"{Viewers} viewers at once, stalls", "s of s played", players.Sum(player => player.Stalled.TotalSeconds), players.Sum(player => player.Played.TotalSeconds), 0, true),
                new Measurement("pages beside JSON of the same grain call", "pages/s", pages, answers, 0.5, false),
                new Measurement("pages beside nginx with the same bytes", "pages/s", pages, files, 0.05, false),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As a player begins: the playlist, the beginning, the first fragment. In turns, so that a slow moment of the machine meets both.
    private static async Task<(double Ours, double Plain)> FirstFragments(List<(Person Person, string Request, Uri Playlist)> viewings, HttpClient plain, Uri playlist)
    {
        var (ours, yard) = (new List<double>(), new List<double>());
        foreach (var viewing in viewings)
        {
            ours.Add(await Milliseconds(() => Fetch(viewing.Person.Download, viewing.Playlist, most: 1)));
            yard.Add(await Milliseconds(() => Fetch(plain.GetByteArrayAsync, playlist, most: 1)));
        }

        return (Median(ours), Median(yard));
    }

    /// <summary>Fetches a playlist and what it names, and answers how many bytes came.</summary>
    private static async Task<long> Fetch(Func<Uri, Task<byte[]>> get, Uri playlist, int most, Func<string, byte[], Task>? keep = null)
    {
        var list = await get(playlist);
        await (keep?.Invoke("playlist.m3u8", list) ?? Task.CompletedTask);
        var bytes = (long)list.Length;
        foreach (var path in BenchPlayer.Beginning(list).Concat(BenchPlayer.Fragments(list).Select(fragment => fragment.Path).Take(most)))
        {
            var got = await get(new Uri(playlist, path));
            bytes += got.Length;
            await (keep?.Invoke(path, got) ?? Task.CompletedTask);
        }

        return bytes;
    }

    private static async Task<(double Pages, double Answers, double Files)> Pages(BenchPortal portal, HttpClient plain, List<(Person Person, string Request, Uri Playlist)> viewings)
    {
        var own = portal.Administrators.Select(person => viewings.First(viewing => viewing.Person == person)).ToList();
        var (pages, answers, files) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= PageRounds; round++)
        {
            pages.Add(await PerSecond([.. own.Select<(Person Person, string Request, Uri Playlist), Func<Task>>(one => () => one.Person.Download(new Uri(portal.Address, $"my-requests/{one.Request}")))]));
            await Task.Delay(Refill, TimeProvider.System);
            answers.Add(await PerSecond([.. own.Select<(Person Person, string Request, Uri Playlist), Func<Task>>(one => () => one.Person.Download(new Uri(portal.Address, $"access-requests/{one.Request}")))]));
            await Task.Delay(Refill, TimeProvider.System);
            files.Add(await PerSecond([.. own.Select<(Person Person, string Request, Uri Playlist), Func<Task>>(_ => () => plain.GetByteArrayAsync($"my-requests/{own[0].Request}"))]));
        }

        return (Median(pages[1..]), Median(answers[1..]), Median(files[1..])); // the first warms up
    }

    private static async Task<double> PerSecond(List<Func<Task>> asks)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(asks.SelectMany(ask => Enumerable.Repeat(ask, PagesAtOnce)).Select(async ask =>
        {
            for (var i = 0; i < PagesInRound / PagesAtOnce; i++)
            {
                await ask();
            }
        }));
        return asks.Count * PagesInRound / TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<double> Milliseconds(Func<Task> deed)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await deed();
        return TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
