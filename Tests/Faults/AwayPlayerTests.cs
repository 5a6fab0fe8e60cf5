using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Portal.Looking;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Somebody looks, once, at what is on a server that dies meanwhile.</summary>
public sealed class AwayPlayerTests
{
    // The player has 10 s in hand.
    private const int MoreThanInHand = 18;

    // hls.js asks seven times by itself, and then gives up: what asks more often is the player.
    private const int MoreThanHlsAsks = 8;

    private const string Away = "Wat nu volgt, staat op een server die nu weg is.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_viewing_waits_for_a_server_that_dies_and_goes_on_by_itself_when_it_is_back()
    {
        await using var two = await TwoSilos.Start();
        var recording = await RecordOnSecond(two);
        var parts = (await two.First.Read(recording)).Parts;
        var request = await Viewer.Grant(two.First, recording, new TimeRange(parts[0].Span.From, parts[^1].Span.Until));
        await using var browser = await TownHallBrowser.Open(two.Certificates, two.First.Name);
        var desk = await browser.Desk(two.First.Portal);
        await desk.SignInAs("camerabeheerder");
        await OpenPlayer.Begin(desk, request);
        var refused = 0;
        desk.Page.Response += (_, answer) => refused += answer.Status == 503 && answer.Url.Contains("/parts/", StringComparison.Ordinal) ? 1 : 0;

        await two.Second.Kill();
        await desk.Page.EvaluateAsync("(video => { video.playbackRate = 1; video.currentTime = video.duration - 3; })(document.querySelector('video'))");
        await Assertions.Expect(desk.Page.Locator(".player output")).ToContainTextAsync(Away);
        await SiloProcess.Until(() => Task.FromResult(refused >= MoreThanHlsAsks), Soon, () => $"It asked {refused} times, and no more.");
        await two.Second.ComeBack();

        await SiloProcess.Until(() => desk.Page.EvaluateAsync<bool>("document.querySelector('video')?.ended ?? false"), Soon, () => $"It does not go on.\n{two.Logs}");
        await Assertions.Expect(desk.Page.Locator(".player output")).ToHaveTextAsync("");
    }

    // All of it, or all but its beginning.
    private static async Task<RecordingId> RecordOnSecond(TwoSilos two)
    {
        var (booking, recording) = await two.StartTalk();
        var isOnFirst = (await two.Last(two.First, recording)).Vault == two.First.Name;
        if (isOnFirst)
        {
            await two.First.Kill();
        }

        await two.Last(two.Second, recording, MoreThanInHand);
        await two.Second.StopTalk(booking);
        if (isOnFirst)
        {
            await two.First.ComeBack();
        }

        await SiloProcess.Until(async () => (await two.First.Read(recording)).Parts.All(part => part.State is PartState.Closed or PartState.Recovered), Soon, () => two.Logs);
        return recording;
    }
}
