using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>What no browser shows as the camera sent it, in a browser.</summary>
public sealed class ConvertedViewingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task H265_is_played_to_its_end_without_a_hole_and_with_each_picture_that_was_recorded()
    {
        var town = new LookingTown(["--video", "h265", "--audio", "pcmu"]);
        await using var _ = town;
        await town.InitializeAsync();
        var request = await town.Grant(new Caller("demo-administrator", Roles.CameraAdministrator), town.Recording);
        var desk = await town.SignInAs("camerabeheerder");
        await desk.Open($"/my-requests/{request}");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" }).ClickAsync();
        await SiloProcess.Until(() => desk.Page.EvaluateAsync<bool>("document.querySelector('video')?.ended ?? false"), Soon, () => $"It is not played to its end.\n{town.Silo.Log}");

        var stored = (await town.Silo.Read(town.Recording)).Parts.Single();
        var shown = await desk.Page.EvaluateAsync<double[]>("(v => [v.buffered.length, v.getVideoPlaybackQuality().totalVideoFrames, v.webkitAudioDecodedByteCount, v.duration])(document.querySelector('video'))");
        Assert.Equal(1, shown[0]);
        Assert.Equal(stored.VideoFrames, shown[1]);
        Assert.True(shown[2] > 0);
        Assert.Equal(stored.Span.Length.TotalSeconds, shown[3], tolerance: 0.2);
    }
}
