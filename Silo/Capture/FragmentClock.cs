using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>Puts the fragments of one part on the wall clock.</summary>
/// <remarks>
/// The first begins its own length before it arrived. The next ones follow by the camera's own time, so that the network's
/// jitter makes no holes; where that falls behind the wall clock by more than the bound, arrival counts again. Fragments
/// never overlap.
/// </remarks>
internal sealed class FragmentClock(TimeProvider clock)
{
    private DateTimeOffset? previousEnd;

    public FragmentFacts Place(FragmentContent content)
    {
        var byArrival = clock.GetUtcNow() - content.Duration;
        var from = previousEnd is { } end && byArrival - end < FragmentFacts.MostDrift ? end : byArrival;
        previousEnd = from + content.Duration;
        return new FragmentFacts(from, clock.GetElapsedTime(0).Ticks * 100, content.Duration, content.VideoFrames, content.Sound);
    }
}
