using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>What most cameras give a browser plays without a picture or a sample of it being another: only its package changes, here in memory.</summary>
internal static class Repackager
{
    /// <summary>Whether a stream needs no more than that: H.264, with AAC, with G.711 of one channel, or without sound.</summary>
    public static bool Takes(Tracks tracks) => tracks is { All.Length: <= 2, Video.Codec: "avc1" } && (tracks.All.Length == 1 || tracks.Audio is { Codec: "mp4a" } or { Codec: "alaw" or "ulaw", Channels: 1 });

    public static (byte[] Init, byte[] Fragment) Repackage(byte[] init, byte[] fragment, Tracks tracks, TimeSpan later) =>
        (PlayerInit.Write(init, tracks), PlayerFragment.Write(fragment, tracks, later));
}
