using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Access;

/// <summary>What was watched, in order and without overlap.</summary>
internal static class WatchedRanges
{
    // Neighbouring fragments meet to within a picture or two; a smaller hole is none.
    private static readonly TimeSpan Seam = TimeSpan.FromMilliseconds(250);

    public static ImmutableArray<TimeRange> With(this ImmutableArray<TimeRange> watched, TimeRange stretch)
    {
        var merged = ImmutableArray.CreateBuilder<TimeRange>();
        foreach (var range in watched.Add(stretch).OrderBy(range => range.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].Until + Seam)
            {
                var last = merged[^1];
                merged[^1] = last with { Until = range.Until > last.Until ? range.Until : last.Until };
            }
            else
            {
                merged.Add(range);
            }
        }

        return watched.SequenceEqual(merged) ? watched : merged.ToImmutable();
    }

    public static TimeSpan Length(this ImmutableArray<TimeRange> watched) =>
        watched.Aggregate(TimeSpan.Zero, (sum, range) => sum + range.Length);
}
