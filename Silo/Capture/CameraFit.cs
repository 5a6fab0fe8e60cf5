using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Capture;

/// <summary>Whether what a camera gives can be recorded: what is wrong, the gravest first.</summary>
internal static class CameraFit
{
    private static readonly string[] VideoCodecs = ["avc1", "avc3", "hvc1", "hev1"];
    private static readonly string[] AudioCodecs = ["mp4a", "alaw", "ulaw"];

    /// <summary>By what it says that it sends.</summary>
    /// <param name="tracks">From its beginning.</param>
    /// <param name="sound">Whether the regulation has sound (R6).</param>
    public static IEnumerable<CameraFault> OfTracks(Tracks tracks, bool sound)
    {
        if (tracks.Audio is null == sound)
        {
            yield return sound ? CameraFault.NoSound : CameraFault.UnwantedSound;
        }

        if (tracks.Video is not { } video || !VideoCodecs.Contains(video.Codec) || (tracks.Audio is { } audio && !AudioCodecs.Contains(audio.Codec)))
        {
            yield return CameraFault.UnknownCodec;
        }
    }

    /// <summary>By what then comes.</summary>
    /// <param name="tracks">From its beginning.</param>
    /// <param name="sound">Whether the regulation has sound (R6).</param>
    /// <param name="soundSamples">How many came.</param>
    /// <param name="gop">From one whole picture to the next.</param>
    /// <param name="longest">How far apart whole pictures may be.</param>
    public static IEnumerable<CameraFault> OfContent(Tracks tracks, bool sound, long soundSamples, TimeSpan gop, TimeSpan longest)
    {
        if (sound && tracks.Audio is not null && soundSamples == 0)
        {
            yield return CameraFault.NoSound;
        }

        if (gop > longest)
        {
            yield return CameraFault.KeyframesTooFarApart;
        }
    }
}
