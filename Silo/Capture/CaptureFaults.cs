using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>From what ffmpeg said last to what is wrong with the camera.</summary>
internal static class CaptureFaults
{
    // Words of ffmpeg 5.1.
    private static readonly (string Words, CameraFault Fault)[] Known =
    [
        ("'0:a:0' matches no streams", CameraFault.NoSound),
        ("'0:v:0' matches no streams", CameraFault.NoMedia),
        ("401 Unauthorized", CameraFault.LoginRefused),
        ("403 Forbidden", CameraFault.LoginRefused),
        ("Could not find tag for codec", CameraFault.UnknownCodec),
        ("404 Not Found", CameraFault.NoMedia),
    ];

    // What it says when its patience with a camera ends.
    private const string TimedOut = "Connection timed out";

    /// <summary>Of one that gave media: a connection that is still there and brings nothing has not broken off.</summary>
    public static CameraFault AfterMedia(FfmpegEnd end) => Says(end, TimedOut) ? CameraFault.NoMedia : Of(end);

    public static CameraFault Of(FfmpegEnd end)
    {
        if (end is not FfmpegEnd.ByFault)
        {
            return end is FfmpegEnd.SentElsewhere ? CameraFault.SendsElsewhere : CameraFault.NoMedia;
        }

        foreach (var (words, fault) in Known)
        {
            if (Says(end, words))
            {
                return fault;
            }
        }

        return CameraFault.Unreachable;
    }

    private static bool Says(FfmpegEnd end, string words) =>
        end is FfmpegEnd.ByFault { LastLines: var lines } && lines.Any(line => line.Contains(words, StringComparison.Ordinal));
}
