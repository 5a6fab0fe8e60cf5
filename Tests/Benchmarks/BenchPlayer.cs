using System.Globalization;
using System.Text;
using RecordingCluster.Tool.Walking;

namespace RecordingCluster.Benchmarks;

/// <summary>A player as the portal's own: up to ten seconds in hand, and twice a second the question whether it goes on. It stalls where a fragment is not there when its time has come.</summary>
/// <param name="Start">From the playlist to the first fragment.</param>
/// <param name="Played">How long it played.</param>
/// <param name="Stalled">How long it stood still meanwhile.</param>
internal sealed record BenchPlayer(TimeSpan Start, TimeSpan Played, TimeSpan Stalled)
{
    private static readonly TimeSpan InHand = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(0.5);

    public static async Task<BenchPlayer> Play(Person person, Uri playlist)
    {
        var clock = TimeProvider.System;
        var asked = clock.GetTimestamp();
        var list = await person.Download(playlist);
        foreach (var path in Beginning(list))
        {
            await person.Download(new Uri(playlist, path));
        }

        using var over = new CancellationTokenSource();
        var checks = Check(person, playlist, over.Token);
        var (begun, start) = (0L, TimeSpan.Zero);
        var (loaded, stalled) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var (path, length) in Fragments(list))
        {
            // What has been played by now, stalls taken off.
            TimeSpan At() => begun == 0 ? TimeSpan.Zero : clock.GetElapsedTime(begun) - stalled;
            if (loaded - At() is var ahead && ahead > InHand)
            {
                await Task.Delay(ahead - InHand, clock);
            }

            await person.Download(new Uri(playlist, path));
            if (begun == 0)
            {
                (begun, start) = (clock.GetTimestamp(), clock.GetElapsedTime(asked));
            }
            else if (At() - loaded is var late && late > TimeSpan.Zero)
            {
                stalled += late;
            }

            loaded += length;
        }

        await over.CancelAsync();
        await checks;
        return new BenchPlayer(start, loaded, stalled);
    }

    /// <summary>The beginning that a playlist names.</summary>
    public static IEnumerable<string> Beginning(byte[] playlist) => Lines(playlist).Where(line => line.StartsWith("#EXT-X-MAP", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).Take(1);

    /// <summary>The fragments that a playlist names, each with its length.</summary>
    public static IEnumerable<(string Path, TimeSpan Length)> Fragments(byte[] playlist) => Lines(playlist)
        .Zip(Lines(playlist).Skip(1))
        .Where(pair => pair.First.StartsWith("#EXTINF:", StringComparison.Ordinal))
        .Select(pair => (pair.Second, TimeSpan.FromSeconds(double.Parse(pair.First[8..].TrimEnd(','), CultureInfo.InvariantCulture))));

    private static string[] Lines(byte[] playlist) => Encoding.UTF8.GetString(playlist).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static async Task Check(Person person, Uri playlist, CancellationToken over)
    {
        using var tick = new PeriodicTimer(CheckEvery);
        try
        {
            while (await tick.WaitForNextTickAsync(over))
            {
                (await person.Get(playlist.AbsolutePath[..playlist.AbsolutePath.LastIndexOf('/')])).Expect(System.Net.HttpStatusCode.NoContent);
            }
        }
        catch (OperationCanceledException)
        {
            // played to the end
        }
    }
}
