using System.Collections.Immutable;

namespace RecordingCluster.Silo.Capture;

/// <summary>What ffmpeg is told: arguments that anyone may read, and an address that nobody else may.</summary>
/// <param name="Reading">How the camera is read, for /proc and logs to see.</param>
/// <param name="Writing">What is made of it, as open as that.</param>
/// <param name="Address">The camera's, with its secret.</param>
/// <param name="Redact">Takes the secret out of what ffmpeg says.</param>
internal sealed record FfmpegCommand(ImmutableArray<string> Reading, ImmutableArray<string> Writing, string Address, Func<string, string> Redact)
{
    // A camera that does not let itself be connected to for this long, or says nothing for twice as long, is tried anew; in microseconds, as
    // ffmpeg wants it. So ffmpeg gives the last pictures of one that was torn down 4.2 s after them, while it still may (CaptureRun).
    private const int SocketTimeoutMicroseconds = 2_000_000;

    // ffmpeg says at this level, and at none above it, that it is sent elsewhere.
    private const string LogLevel = "info";

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
        string[] only = sound ? [] : ["-allowed_media_types", "video"];
        var credentials = CameraCredentials.Find(camera);
        return new FfmpegCommand(
            [
                "-hide_banner", "-nostdin", "-nostats", "-loglevel", LogLevel,

                // Only what RTSP over TCP needs: a camera cannot make ffmpeg open anything else (R20).
                "-protocol_whitelist", "rtsp,rtp,tcp", "-rtsp_transport", "tcp", "-timeout", $"{SocketTimeoutMicroseconds}", .. only,
            ],
            [
                .. tracks, "-c", "copy",

                // A microphone that dies must not hold the picture back: without this ffmpeg waits ten seconds for it. Half a second, since
                // two seconds of silence must be said within five of the last sound (R7); packets of sound come every 20 to 60 ms.
                "-max_interleave_delta", "500000",

                // QuickTime takes G.711, which MP4 does not; the boxes are the same.
                "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", "pipe:1",
            ],
            camera.Address.Replace("rtsp://", $"rtsp://{credentials?.UserInfo}", StringComparison.Ordinal),
            credentials is null ? line => line : credentials.Redact);
    }

    /// <summary>All arguments, of an ffmpeg that opens <paramref name="entrance"/>.</summary>
    public ImmutableArray<string> Arguments(string entrance) => [.. Reading, "-i", entrance, .. Writing];

    public override string ToString() => string.Join(' ', Arguments("[camera]"));
}
