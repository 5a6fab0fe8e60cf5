using System.Net;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Faults;

namespace RecordingCluster.Tests.Silo;

/// <summary>The real silo on a real RTSP camera.</summary>
public sealed class RealCameraTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("h264", "pcma")]
    [InlineData("h264", "aac")]
    [InlineData("h265", "pcmu")]
    public async Task What_a_camera_gives_is_recorded_and_plays_as_the_player_receives_it(string video, string audio)
    {
        await using var camera = await CameraProcess.Start("--video", video, "--audio", audio);
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 4);
        await silo.StopTalk(booking);
        var stored = (await silo.Read(recording)).Parts.Single();

        var received = await Viewer.Play(silo, recording, stored.Span);

        var (frames, soundSeconds, codecs) = await Viewer.Decode(received);
        Assert.Equal(PartState.Closed, stored.State);
        Assert.Equal(stored.VideoFrames, frames);
        Assert.Equal(stored.Sound.TotalSeconds, soundSeconds, tolerance: 0.1);
        Assert.Equal($"h264 {(audio == "aac" ? "aac" : "flac")}", codecs);
        Assert.Equal(stored.Span.Length.TotalSeconds, await Viewer.PictureSeconds(received), tolerance: 0.1);
    }

    [Fact]
    public async Task A_camera_that_dies_freezes_and_comes_back_leaves_gaps_that_are_said_and_goes_on_as_new_parts()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);

        await camera.Kill();
        var noticedKill = await AwaitGap(silo);
        using (var away = new PeriodicTimer(TimeSpan.FromSeconds(8)))
        {
            await away.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await camera.ComeBack();
        var resumedAfterKill = await AwaitPart(silo, recording, 2);

        var reader = Assert.Single(silo.Recorders());
        camera.Freeze();
        var noticedFreeze = await AwaitGap(silo);
        await SiloProcess.Until(() => Task.FromResult(!silo.Recorders().Contains(reader)), Soon, () => $"It is not tried anew.\n{silo.Log}");
        camera.Thaw();
        var resumedAfterFreeze = await AwaitPart(silo, recording, 3);
        await silo.StopTalk(booking);

        var five = TimeSpan.FromSeconds(5);
        Assert.True(noticedKill < five && noticedFreeze < five, $"noticed after {noticedKill} and {noticedFreeze}");
        Assert.True(resumedAfterKill < five && resumedAfterFreeze < five, $"resumed after {resumedAfterKill} and {resumedAfterFreeze}");
        var parts = (await silo.Read(recording)).Parts;
        Assert.Equal(3, parts.Length);
        Assert.All(parts, part => Assert.Equal(PartState.Closed, part.State));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.First.Span.Until <= pair.Second.Span.From));
        Assert.Single(silo.Log.Split('\n'), line => line.Contains("Connection refused", StringComparison.Ordinal)); // said once, and tried each second
    }

    [Fact]
    public async Task A_freeze_is_said_within_five_seconds_at_whatever_moment_of_a_fragment_it_comes()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        var (rounds, noticed) = (LongForm.Times(1, 15), new List<TimeSpan>());
        for (var round = 0; round < rounds; round++)
        {
            await AwaitFragments(silo, recording, (await silo.Read(recording)).Parts.Sum(part => part.Fragments) + 1);

            // Where a fragment of 1 s ends ffmpeg may have the picture that ends it, and hold it back for seconds.
            using (var moment = new PeriodicTimer(TimeSpan.FromSeconds(1.06 + (0.004 * round))))
            {
                await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }

            camera.Freeze();
            noticed.Add(await AwaitGap(silo));
            camera.Thaw();
            await AwaitPart(silo, recording, 1);
        }

        await silo.StopTalk(booking);

        Assert.All(noticed, time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.All((await silo.Read(recording)).Parts, part => Assert.Equal(PartState.Closed, part.State));
    }

    [Fact]
    public async Task The_last_pictures_before_a_camera_falls_silent_are_kept_also_where_no_whole_picture_came_after_them()
    {
        await using var camera = await CameraProcess.Start("--gop-seconds", "3");
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);
        using (var begun = new PeriodicTimer(TimeSpan.FromSeconds(2)))
        {
            await begun.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        var whole = (await silo.Read(recording)).Parts.Single();
        var last = (await silo.ReadRoom()).Camera!.Health!.LastFragmentAt;
        var held = TimeProvider.System.GetUtcNow() - last;
        camera.FallSilent();
        var noticed = await AwaitGap(silo);
        await SiloProcess.Until(async () => (await silo.Read(recording)).Parts.Single().State == PartState.Closed, Soon, () => silo.Log);
        var gap = (await silo.ReadRoom()).Camera!.Health!.Gap!;
        camera.Thaw();
        var resumed = await AwaitPart(silo, recording, 2);
        await silo.StopTalk(booking);

        var silent = (await silo.Read(recording)).Parts[0];
        var kept = silent.VideoFrames - whole.VideoFrames;
        Assert.True(kept >= (held.TotalSeconds - 0.5) * CameraProcess.FramesPerSecond, $"of {held} it kept {kept} pictures\n{silo.Log}");
        Assert.True(noticed < TimeSpan.FromSeconds(5), $"noticed after {noticed}");
        Assert.Equal((CameraFault.NoMedia, true), (gap.Fault, (gap.Since - silent.Span.Until).Duration() < TimeSpan.FromSeconds(1)));
        Assert.True(resumed < TimeSpan.FromSeconds(10), $"resumed after {resumed}"); // two whole pictures, 3 s apart, make its first fragment
    }

    [Fact]
    public async Task A_microphone_that_dies_in_the_talk_is_a_gap_of_sound_while_the_picture_goes_on_and_ends_with_it()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);

        camera.Mute();
        var noticed = await AwaitGap(silo);
        var silent = (await silo.ReadRoom()).Camera!.Health!;
        await AwaitFragments(silo, recording, (await silo.Read(recording)).Parts.Sum(part => part.Fragments) + 2);
        camera.Thaw();
        await SiloProcess.Until(async () => (await silo.ReadRoom()).Camera!.Health?.Gap is null, Soon, () => $"The sound did not come back.\n{silo.Log}");
        await silo.StopTalk(booking);

        Assert.True(noticed < TimeSpan.FromSeconds(5), $"noticed after {noticed}");
        Assert.Equal(CameraFault.NoSound, silent.Gap!.Fault);
        Assert.True(silent.FramesPerSecond > 0, "The picture stood still.");
        Assert.All((await silo.Read(recording)).Parts, part => Assert.Equal(PartState.Closed, part.State));
    }

    [Fact]
    public async Task A_silo_killed_while_it_records_leaves_no_ffmpeg_and_goes_on_after_its_start_with_nothing_lost_that_was_acknowledged()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 3);
        var acknowledged = (await silo.Read(recording)).Parts.Single();
        var before = silo.Recorders();

        await silo.Kill();
        await SiloProcess.Until(() => Task.FromResult(silo.Recorders().Count == 0), Soon, () => "An ffmpeg outlived its silo.");
        await silo.ComeBack();
        await SiloProcess.Until(async () => (await silo.Read(recording)).Parts.Any(part => part.Id.Epoch == 2), Soon, () => silo.Log);
        await silo.StopTalk(booking);

        var parts = (await silo.Read(recording)).Parts;
        var span = new TimeRange(parts[0].Span.From, parts[^1].Span.Until);
        var (frames, _, _) = await Viewer.Decode(await Viewer.Play(silo, recording, span));
        Assert.Single(before);
        Assert.Equal([(1, PartState.Recovered), (2, PartState.Closed)], parts.Select(part => (part.Id.Epoch, part.State)));
        Assert.True(parts[0].Fragments >= acknowledged.Fragments, $"{acknowledged.Fragments} were acknowledged and {parts[0].Fragments} are left");
        Assert.Equal(parts.Sum(part => part.VideoFrames), frames);
    }

    [Fact]
    public async Task A_planned_end_closes_the_part_and_the_next_start_goes_on()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);

        var exit = await silo.Stop();
        await silo.ComeBack();
        await SiloProcess.Until(async () => (await silo.Read(recording)).Parts.Any(part => part.Id.Epoch == 2), Soon, () => silo.Log);
        await silo.StopTalk(booking);

        Assert.Equal(0, exit);
        Assert.Equal([(1, PartState.Closed), (2, PartState.Closed)], (await silo.Read(recording)).Parts.Select(part => (part.Id.Epoch, part.State)));
    }

    [Fact]
    public async Task Sound_that_is_switched_off_during_a_talk_no_longer_leaves_the_camera_and_both_parts_play_as_they_were_made()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);

        using (SiloProcess.As(new Caller("officer-1", Roles.DataProtectionOfficer)))
        {
            await silo.Client.Regulation(new SiteId("town-hall")).SwitchOff(Switchable.Sound, SwitchOffReason.NoLegalGround);
        }

        await SiloProcess.Until(async () => (await silo.Read(recording)).Parts is [_, { Fragments: >= 2 }], Soon, () => $"No part without sound came.\n{silo.Log}");
        await silo.StopTalk(booking);
        var parts = (await silo.Read(recording)).Parts;
        var silent = await Viewer.Streams(await Viewer.Play(silo, recording, parts[1].Span));
        var sounding = await Viewer.Streams(await Viewer.Play(silo, recording, parts[0].Span));

        Assert.Equal([(PartState.Closed, MediaTracks.Picture | MediaTracks.Sound, true), (PartState.Closed, MediaTracks.Picture, false)], parts.Select(part => (part.State, part.Tracks!.Value, part.Sound > TimeSpan.Zero)));
        Assert.Equal(("video", "video audio"), (silent, sounding));
    }

    [Fact]
    public async Task A_camera_without_sound_or_with_another_password_or_away_is_refused_by_name()
    {
        await using var silent = await CameraProcess.Start("--audio", "none");
        await using var silo = await SiloProcess.Start(silent);

        var (booking, withoutSound) = await silo.StartTalk();
        await File.WriteAllTextAsync(silent.CredentialsFile, "recorder:wrong\n", TestContext.Current.CancellationToken);
        var withoutLogin = await silo.StartAgain(booking);
        await silent.Kill();
        var away = await silo.StartAgain(booking);

        Assert.Equal(
            [CameraFault.NoSound, CameraFault.LoginRefused, CameraFault.Unreachable],
            new[] { withoutSound, withoutLogin, away }.Select(outcome => Assert.IsType<StartOutcome.CameraNotReady>(outcome).Fault));
        Assert.Empty(Directory.EnumerateFiles(silo.Vault));
        Assert.Empty(silo.Recorders());
        foreach (var said in new[] { "NoSound.* matches no streams", "LoginRefused.* 401 Unauthorized", "Unreachable.* Connection refused" })
        {
            Assert.Matches($"camera-1 gives nothing: {said}", silo.Log); // what only ffmpeg knows
        }
    }

    [Fact]
    public async Task An_objection_closes_the_part_and_the_viewing_and_rejected_it_goes_on_as_a_new_part_that_plays()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);

        await silo.PutObjection(booking);
        var held = await silo.Read(recording);
        var recorders = silo.Recorders().Count;
        await silo.DecideObjection(booking, 1, isUpheld: false);
        await AwaitPart(silo, recording, 2);
        await silo.StopTalk(booking);
        var parts = (await silo.Read(recording)).Parts;
        var span = new TimeRange(parts[0].Span.From, parts[^1].Span.Until);
        var (frames, _, _) = await Viewer.Decode(await Viewer.Play(silo, recording, span));
        using var player = await silo.SignIn(Viewer.Administrator.Subject);
        var playlist = await Viewer.BeginViewing(silo, player, recording, span);
        await silo.PutObjection(booking);
        var shown = await player.Ask(HttpMethod.Get, playlist);
        var again = await player.Ask(HttpMethod.Get, playlist);

        Assert.Equal((RecordingStage.Held, PartState.Closed, 0), (held.Stage, held.Parts.Single().State, recorders));
        Assert.Equal([(1, PartState.Closed), (2, PartState.Closed)], parts.Select(part => (part.Id.Epoch, part.State)));
        Assert.Equal(parts.Sum(part => part.VideoFrames), frames);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Gone), (shown.Status, again.Status));
        Assert.EndsWith(":objection-open", shown.Body.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_objection_that_is_upheld_during_the_talk_leaves_nothing_that_opens()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 2);
        await silo.PutObjection(booking);

        var upheld = Assert.IsType<ObjectionOutcome.Upheld>(await silo.DecideObjection(booking, 1, isUpheld: true));

        var erased = await silo.Read(recording);
        Assert.Equal((RecordingStage.Erased, ErasureReason.ObjectionUpheld, false), (erased.Stage, erased.Certificate!.Reason, erased.Certificate.OpensAfterwards));
        Assert.Equal(upheld.Certificate, erased.Certificate.Number);
        Assert.Empty(Directory.EnumerateFiles(silo.Vault));
        Assert.Empty(silo.Recorders());
    }

    [Fact]
    public async Task After_a_run_no_picture_sound_or_secret_stands_plain_anywhere()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await AwaitFragments(silo, recording, 3);
        var commands = silo.Recorders().Append(silo.Id).Select(SiloProcess.CommandLine).ToList();
        await silo.StopTalk(booking);
        var received = await Viewer.Play(silo, recording, (await silo.Read(recording)).Parts.Single().Span);
        await silo.Stop();

        // Sixteen bytes of a picture as the player received it, and the parameter sets, would stand in any plain copy.
        var avcc = received.AsSpan().IndexOf("avcC"u8);
        var parameterSets = received[(avcc + 10)..(avcc + 26)];
        var picture = received[^4000..^3984];
        var files = Directory.EnumerateFiles(silo.Data, "*", SearchOption.AllDirectories).ToList();
        var temporary = Directory.EnumerateFiles(silo.Temporary, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0); // sockets and pipes have no length
        foreach (var file in files.Concat(temporary))
        {
            var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.True(bytes.AsSpan().IndexOf(parameterSets) < 0 && bytes.AsSpan().IndexOf(picture) < 0 && bytes.AsSpan().IndexOf("moof"u8) < 0, $"{file} holds media");
            Assert.True(bytes.AsSpan().IndexOf("s3cr't"u8) < 0, $"{file} holds the camera's password");
        }

        Assert.Contains(files, file => file.EndsWith(".part", StringComparison.Ordinal));
        Assert.All(commands, command => Assert.DoesNotContain("s3cr", command, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cr", silo.Log, StringComparison.Ordinal);
    }

    private static Task<TimeSpan> AwaitFragments(SiloProcess silo, RecordingId recording, int count) => SiloProcess.Until(
        async () => (await silo.Read(recording)).Parts.Sum(part => part.Fragments) >= count, Soon, () => $"No {count} fragments came.\n{silo.Log}");

    private static Task<TimeSpan> AwaitGap(SiloProcess silo) => SiloProcess.Until(
        async () => (await silo.ReadRoom()).Camera!.Health?.Gap is not null, Soon, () => $"No gap was said.\n{silo.Log}");

    private static Task<TimeSpan> AwaitPart(SiloProcess silo, RecordingId recording, int count) => SiloProcess.Until(
        async () => (await silo.Read(recording)).Parts.Length >= count && (await silo.ReadRoom()).Camera!.Health?.Gap is null, Soon, () => $"No part {count} came.\n{silo.Log}");
}
