using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Silo.Portal;

/// <summary>Which parts are on a server that is away, and in no copy on one that is there. They are not lost, and no page may say so.</summary>
internal static class Reachability
{
    public static bool IsReachable(this ISiloPlaces places, RecordingView recording, Part part) => places.AwayOf(recording, part) is null;

    /// <summary>The stretches of a recording that cannot be reached now, as far as they lie in a window.</summary>
    public static IReadOnlyList<TimeRange> AwayIn(this ISiloPlaces places, RecordingView recording, TimeRange? window = null) =>
        [.. recording.Parts.Select(part => places.AwayOf(recording, part)).OfType<TimeRange>().Where(away => window is not { } within || away.Overlaps(within))];

    // What a copy lacks is at its end.
    private static TimeRange? AwayOf(this ISiloPlaces places, RecordingView recording, Part part)
    {
        if (part.Vault is null || places.Silos.Contains(part.Vault))
        {
            return null;
        }

        var copies = recording.Copies.Where(copy => copy.Part == part.Id && places.Silos.Contains(copy.Vault)).ToList();
        return copies.Any(copy => copy.Fragments >= part.Fragments) ? null
            : copies.Count == 0 ? part.Span
            : part.Span with { From = copies.Select(copy => copy.Until).Append(part.Span.From).Max() };
    }
}
