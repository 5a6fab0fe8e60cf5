using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Silo.Portal;

/// <summary>Which parts are on a server that is away. They are not lost, and no page may say so.</summary>
internal static class Reachability
{
    public static bool IsReachable(this ISiloPlaces places, Part part) => part.Vault is null || places.Silos.Contains(part.Vault);

    /// <summary>The stretches of a recording that cannot be reached now, as far as they lie in a window.</summary>
    public static IReadOnlyList<TimeRange> AwayIn(this ISiloPlaces places, RecordingView recording, TimeRange? window = null) =>
        [.. recording.Parts.Where(part => !places.IsReachable(part) && (window is not { } within || part.Span.Overlaps(within))).Select(part => part.Span)];
}
