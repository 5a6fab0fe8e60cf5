using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Capture;

/// <summary>What a real RTSP camera gives, in numbers, and what is wrong with it.</summary>
public sealed class MeasureTests
{
    [Theory]
    [InlineData("h264", "pcma", "640x360", 15, 1.0, "avc1", "alaw", 8000)]
    [InlineData("h264", "aac", "1280x720", 25, 2.0, "avc1", "mp4a", 16000)]
    [InlineData("h265", "pcmu", "320x240", 10, 1.0, "hev1", "ulaw", 8000)]
    public async Task Codec_size_pictures_keyframes_and_loudness_are_told_as_the_camera_was_set(
        string video, string audio, string size, int fps, double gop, string videoCodec, string audioCodec, int rate)
    {
        await using var camera = await CameraProcess.Start("--video", video, "--audio", audio, "--size", size, "--fps", $"{fps}", "--gop-seconds", $"{gop:0.0}");

        var measured = await Measure(camera);

        var (picture, sound) = (measured.Picture!, measured.Sound!);
        Assert.Empty(measured.Faults);
        Assert.Equal((videoCodec, size, true), (picture.Codec, $"{picture.Width}x{picture.Height}", picture.IsGopWhole));
        Assert.Equal(fps, picture.FramesPerSecond, tolerance: 1);
        Assert.Equal(gop, picture.Gop.TotalSeconds, tolerance: 0.2);
        Assert.InRange(picture.KilobitsPerSecond, 20, 3000);
        Assert.Equal((audioCodec, rate, false), (sound.Codec, sound.SampleRate, sound.IsSilent));
        Assert.InRange(sound.PeakDecibels!.Value, -20, 0); // a beep each second
        Assert.InRange(sound.MeanDecibels!.Value, -45, -10);
    }

    [Fact]
    public async Task A_microphone_that_is_off_is_silent_one_that_died_gives_nothing_and_a_camera_without_one_has_no_sound()
    {
        await using var off = await CameraProcess.Start("--silent");
        await using var dead = await CameraProcess.Start();
        await using var none = await CameraProcess.Start("--audio", "none");
        await using var other = await LookedAt(dead);
        dead.Mute();

        var measured = new[] { await Measure(off), await Measure(dead), await Measure(none) };

        Assert.All(measured, one => Assert.Equal(640, one.Picture!.Width));
        Assert.Equal(["", "NoSound", "NoSound"], measured.Select(one => string.Join(' ', one.Faults)));
        Assert.True(measured[0].Sound is { IsSilent: true, PeakDecibels: < -66 }, $"{measured[0].Sound}");
        Assert.Equal((new SoundNumbers("alaw", 8000), null), (measured[1].Sound, measured[2].Sound));
    }

    [Fact]
    public async Task Whole_pictures_that_are_too_far_apart_are_told_with_how_far_also_where_no_second_one_came()
    {
        await using var far = await CameraProcess.Start("--gop-seconds", "5");
        await using var never = await CameraProcess.Start("--gop-seconds", "60");

        var measured = new[] { await Measure(far), await Measure(never) };

        Assert.All(measured, one => Assert.Equal([CameraFault.KeyframesTooFarApart], one.Faults));
        Assert.Equal((5, true), (Math.Round(measured[0].Picture!.Gop.TotalSeconds), measured[0].Picture!.IsGopWhole));
        Assert.True(measured[1].Picture is { IsGopWhole: false, Gop.TotalSeconds: > 5 }, $"{measured[1].Picture}");
    }

    [Fact]
    public async Task A_refused_login_another_path_a_frozen_camera_and_one_that_is_away_are_told_apart()
    {
        await using var camera = await CameraProcess.Start();
        var login = await File.ReadAllTextAsync(camera.CredentialsFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(camera.CredentialsFile, "recorder:wrong\n", TestContext.Current.CancellationToken);
        var refused = await Measure(camera);
        await File.WriteAllTextAsync(camera.CredentialsFile, login, TestContext.Current.CancellationToken);
        var elsewhere = await Measure(camera, path: "/nowhere");
        CameraMeasurement frozen;
        await using (var other = await LookedAt(camera))
        {
            camera.Freeze();
            frozen = await Measure(camera);
        }

        await camera.Kill();
        var away = await Measure(camera);

        Assert.Equal(
            [CameraFault.LoginRefused, CameraFault.NoMedia, CameraFault.NoMedia, CameraFault.Unreachable],
            new[] { refused, elsewhere, frozen, away }.Select(one => Assert.Single(one.Faults)));
        Assert.All(new[] { refused, elsewhere, frozen, away }, one => Assert.Equal((null, null), (one.Picture, one.Sound)));
    }

    [Fact]
    public async Task Without_sound_in_the_regulation_none_leaves_the_camera_and_none_is_missed()
    {
        await using var camera = await CameraProcess.Start();

        var measured = await Measure(camera, sound: false);

        Assert.Equal((true, null, 640), (measured.IsFit, measured.Sound, measured.Picture!.Width));
    }

    [Fact]
    public async Task Somebody_who_needs_the_camera_has_it_at_once()
    {
        await using var camera = await CameraProcess.Start("--gop-seconds", "60");
        var begun = TimeProvider.System.GetTimestamp();

        var measured = await Measure(camera, neededAfter: TimeSpan.FromSeconds(3));

        Assert.Equal([CameraFault.Busy], measured.Faults);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 2.9, 4);
    }

    private static async Task<CameraMeasurement> Measure(CameraProcess camera, bool sound = true, string? path = null, TimeSpan? neededAfter = null)
    {
        var (id, options) = (new CameraId("camera-1"), Options(camera, path));
        var reach = new CameraReach(new Dictionary<CameraId, CameraOptions> { [id] = options }, [CameraOptions.DefaultNetwork], TimeProvider.System);
        using var needed = new CancellationTokenSource(neededAfter ?? Timeout.InfiniteTimeSpan);
        return await new MeasureRun(options, new CaptureOptions(), sound, () => reach.Answers(id), _ => { }, TimeProvider.System).Measure(needed.Token);
    }

    // Somebody has it open already: this camera says what it sends only once something came.
    private static async Task<FfmpegProcess> LookedAt(CameraProcess camera)
    {
        var other = await FfmpegProcess.Start(FfmpegCommand.Record(Options(camera), sound: true), TimeProvider.System);
        await new BoxSplitter(other.Output).ReadInit(TestContext.Current.CancellationToken);
        return other;
    }

    private static CameraOptions Options(CameraProcess camera, string? path = null) =>
        new() { Address = path is null ? camera.Address : new Uri(new Uri(camera.Address), path).ToString(), CredentialsFile = camera.CredentialsFile };
}
