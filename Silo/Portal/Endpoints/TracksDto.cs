using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Tracks as a list; null when they are not known.</summary>
internal static class TracksDto
{
    public static IEnumerable<MediaTracks>? Of(MediaTracks? tracks) =>
        tracks is { } known ? new[] { MediaTracks.Picture, MediaTracks.Sound }.Where(track => known.HasFlag(track)) : null;
}
