using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>A viewing that goes on in somebody's browser.</summary>
internal sealed class OpenPlayer(IPage page)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // How long an end may take to be seen: a second, and what the look from outside takes.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1.2);

    /// <summary>Begins to look, and goes on slowly: pictures are decoded, sound too, and there is more to come.</summary>
    public static async Task<OpenPlayer> Begin(Desk desk, AccessRequestId request, string button = "Bekijken")
    {
        await desk.Open($"/my-requests/{request}");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        var player = new OpenPlayer(desk.Page);
        await player.Seen("document.querySelector('video')?.currentTime > 0.5");
        await desk.Page.Locator("select[name=speed]").SelectOptionAsync("0.25");
        await player.Plays();
        return player;
    }

    /// <summary>Pictures and sound are decoded, and go on being.</summary>
    public async Task Plays()
    {
        var before = await Decoded();
        Assert.True(before[0] > 0 && before[1] > 0, string.Join(' ', before));
        await Seen($"document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > {before[0]}");
        Assert.Equal("false false", await page.EvaluateAsync<string>("(v => `${v.paused} ${v.ended}`)(document.querySelector('video'))"));
    }

    /// <summary>Decoded pictures, bytes of sound, width in pixels and length in seconds.</summary>
    public Task<double[]> Decoded() => page.EvaluateAsync<double[]>("(v => [v.getVideoPlaybackQuality().totalVideoFrames, v.webkitAudioDecodedByteCount, v.videoWidth, v.duration])(document.querySelector('video'))");

    // Playwright's own waiting evaluates text as a script, which the portal's policy forbids.
    public Task Seen(string condition) => SiloProcess.Until(() => page.EvaluateAsync<bool>(condition), Soon, () => $"It never was so: {condition}");

    /// <summary>It ends by itself, with a sentence, within a second of a deed or of a moment; no picture is left, and the page gets none any more.</summary>
    public async Task Ends(string sentence, Func<Task> deed, DateTimeOffset? at = null)
    {
        var next = await page.EvaluateAsync<string>("performance.getEntriesByType('resource').map(one => one.name).filter(name => name.endsWith('.m4s')).at(-1)");
        await deed();
        var begun = at ?? TimeProvider.System.GetUtcNow();
        await Assertions.Expect(page.Locator(".player__over")).ToHaveTextAsync(sentence, new() { Timeout = 60_000 });
        var after = TimeProvider.System.GetUtcNow() - begun;
        Assert.True(after < AtOnce, $"it took {after}");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('video, audio, canvas, .player__frame').length"));
        Assert.Contains(await page.EvaluateAsync<int>("address => fetch(address).then(answer => answer.status)", next), new[] { 401, 403, 404, 410 });
    }
}
