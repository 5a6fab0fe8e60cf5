using System.Collections.Immutable;

namespace RecordingCluster.Silo.Capture;

/// <summary>What ffmpeg is told: arguments that anyone may read, and on its standard input what nobody may.</summary>
/// <param name="Arguments">For /proc and logs to see.</param>
/// <param name="Input">An ffconcat script with the camera's address and secret.</param>
/// <param name="Redact">Takes the secret out of what ffmpeg says.</param>
internal sealed record FfmpegCommand(ImmutableArray<string> Arguments, string Input, Func<string, string> Redact)
{
    // A camera that answers nothing for this long is tried anew; in microseconds, as ffmpeg wants it.
    private const int SocketTimeoutMicroseconds = 3_000_000;

    private static readonly string[] PictureAlone = ["-map", "0:v:0", "-an"];

    /// <summary>
    /// Copies picture and sound of a camera into fragments on standard output, and refuses one without sound; or the picture
    /// alone, and then no sound leaves the camera (R6).
    /// </summary>
    public static FfmpegCommand Record(CameraOptions camera, bool sound) => Copy(camera, sound, sound ? ["-map", "0:v:0", "-map", "0:a:0"] : PictureAlone);

    /// <summary>As <see cref="Record"/>, and takes the picture of a camera that has no sound, so that its numbers can be told.</summary>
    public static FfmpegCommand Measure(CameraOptions camera, bool sound) => Copy(camera, sound, sound ? ["-map", "0:v:0", "-map", "0:a:0?"] : PictureAlone);

    private static FfmpegCommand Copy(CameraOptions camera, bool sound, string[] tracks)
    {
        var credentials = CameraCredentials.Find(camera);
        var address = camera.Address.Replace("rtsp://", $"rtsp://{credentials?.UserInfo}", StringComparison.Ordinal);
        return new FfmpegCommand(
            [
                "-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning",

                // Only what RTSP over TCP needs: a camera cannot make ffmpeg open anything else (R20).
                "-f", "concat", "-safe", "0", "-protocol_whitelist", "pipe,rtsp,rtp,tcp", "-i", "pipe:0",
                .. tracks, "-c", "copy",

                // A microphone that dies must not hold the picture back: without this ffmpeg waits ten seconds for it.
                "-max_interleave_delta", "1000000",

                // QuickTime takes G.711, which MP4 does not; the boxes are the same.
                "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", "pipe:1",
            ],
            $"""
            ffconcat version 1.0
            file '{address}'
            option rtsp_transport tcp
            option timeout {SocketTimeoutMicroseconds}
            {(sound ? "" : "option allowed_media_types video\n")}
            """,
            credentials is null ? line => line : credentials.Redact);
    }

    public override string ToString() => string.Join(' ', Arguments);
}
