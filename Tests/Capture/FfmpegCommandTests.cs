using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Capture;

public sealed class FfmpegCommandTests
{
    [Fact]
    public void The_arguments_are_the_approved_ones_and_hold_no_address()
    {
        var command = FfmpegCommand.Record(new CameraOptions { Address = "rtsp://10.0.5.11:554/stream1" }, sound: true);

        Approved.Equal("ffmpeg-record", string.Join('\n', command.Arguments("rtsp://entrance/")));
    }

    [Fact]
    public void Without_sound_none_is_asked_of_the_camera_and_none_is_mapped()
    {
        var command = FfmpegCommand.Record(new CameraOptions { Address = "rtsp://10.0.5.11:554/stream1" }, sound: false);

        Approved.Equal("ffmpeg-record-silent", string.Join('\n', command.Arguments("rtsp://entrance/")));
    }

    [Fact]
    public void A_measurement_asks_as_a_recording_does_and_takes_a_camera_without_sound_too()
    {
        var options = new CameraOptions { Address = "rtsp://10.0.5.11:554/stream1" };
        var (measure, record) = (FfmpegCommand.Measure(options, sound: true), FfmpegCommand.Record(options, sound: true));

        Assert.Equal(record.Writing.Replace("0:a:0", "0:a:0?"), measure.Writing);
        Assert.Equal((record.Address, string.Join(' ', record.Reading)), (measure.Address, string.Join(' ', measure.Reading)));
        Assert.Equal($"{FfmpegCommand.Record(options, sound: false)}", $"{FfmpegCommand.Measure(options, sound: false)}");
    }

    [Theory]
    [InlineData("avc1", "alaw")]
    [InlineData("hev1", "ulaw")]
    [InlineData("hev1", "mp4a")]
    [InlineData("hev1", "none")]
    public void The_arguments_of_a_conversion_are_the_approved_ones(string video, string audio)
    {
        var picture = new Track(1, true, video, 90000, 0, 0);
        var tracks = new Tracks(audio == "none" ? [picture] : [picture, new Track(2, false, audio, 8000, 0, 0)]);

        Approved.Equal($"ffmpeg-convert-{video}-{audio}", string.Join('\n', FragmentConverter.Arguments(tracks, TimeSpan.FromSeconds(1 / 15.0))));
    }

    [Theory]
    [InlineData("simple-pass")]
    [InlineData("it's")]
    [InlineData("a@b:c/d?e#f%20")]
    [InlineData("back\\slash \"quoted\"")]
    [InlineData("ünïcode")]
    public void Whatever_a_password_holds_it_stays_within_the_address_and_is_taken_out_of_what_ffmpeg_says(string password)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["login"], $"recorder:{password}\n");
        var command = FfmpegCommand.Record(new CameraOptions { Address = "rtsp://10.0.5.11:554/stream1", CredentialsFile = folder["login"] }, sound: true);

        var address = command.Address;
        var said = command.Redact($"Error opening {address}: 401; {password}");

        Assert.StartsWith("rtsp://recorder:", address, StringComparison.Ordinal);
        Assert.EndsWith("@10.0.5.11:554/stream1", address, StringComparison.Ordinal);
        Assert.All(address, character => Assert.True(char.IsAscii(character) && !char.IsControl(character) && character != ' '));
        Assert.Equal(password, Uri.UnescapeDataString(address["rtsp://recorder:".Length..^"@10.0.5.11:554/stream1".Length]));
        Assert.DoesNotContain(password, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(password), said, StringComparison.Ordinal);
        Assert.DoesNotContain("recorder", $"{command} {string.Join(' ', command.Arguments("rtsp://entrance/"))}", StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_cannot_be_printed()
    {
        Environment.SetEnvironmentVariable("RC_TEST_CAMERA", "recorder:hidden");

        var credentials = CameraCredentials.Find(new CameraOptions { CredentialsVariable = "RC_TEST_CAMERA" });

        Assert.Equal("[credentials]", $"{credentials}");
    }
}
