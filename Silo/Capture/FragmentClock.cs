using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>Puts the fragments of one part on the wall clock.</summary>
/// <remarks>
/// The first begins its own length before it arrived. The next ones follow by the camera's own time, so that the network's
/// jitter makes no holes; where that falls behind the wall clock by more than the bound, the wall clock counts again. What a line brought
/// late, or ffmpeg held back, was taken when the camera's time says: that it came late does not make it later. Fragments never overlap.
/// </remarks>
internal sealed class FragmentClock(TimeProvider clock)
{
    // The slow drift of a camera's crystal is followed by this part of what it is off; RFC 3550 (6.4.1) smooths jitter by as much.
    private const int Smoothing = 16;

    // A silent camera is given up within 8.5 s (CaptureRun). What comes later waited for a machine that stood still.
    private static readonly TimeSpan MostHeldBack = TimeSpan.FromSeconds(10);

    private DateTimeOffset? previousEnd;
    private DateTimeOffset lastPicture;
    private TimeSpan? previousLate;

    // Whether a second fragment came in time. The first waited until ffmpeg knew the stream, so before that all may be earlier than it seems.
    private bool isSure;

    /// <summary>How long before it arrived the last picture was taken: nothing, unless its fragment came later than by the promptest ones it should have.</summary>
    public TimeSpan HeldBack { get; private set; }

    public FragmentFacts Place(FragmentContent content)
    {
        var now = clock.GetUtcNow();
        lastPicture = previousEnd is null ? now : LastPicture(now, lastPicture + content.Duration);
        HeldBack = now - lastPicture + (previousLate is null || isSure ? TimeSpan.Zero : content.Duration);

        var begun = lastPicture - content.Duration;
        var from = previousEnd is { } end && begun - end < FragmentFacts.MostDrift ? end : begun;
        previousEnd = from + content.Duration;
        return new FragmentFacts(from, clock.GetElapsedTime(0).Ticks * 100, content.Duration, content.VideoFrames, content.Sound);
    }

    // A late one is taken for held back as long as those after it catch up. Where they do not, the camera's time left something out.
    private DateTimeOffset LastPicture(DateTimeOffset now, DateTimeOffset byCamera)
    {
        var late = now - byCamera;
        if (late < FragmentFacts.MostDrift)
        {
            (previousLate, isSure) = (null, true);
            return late < TimeSpan.Zero ? now : byCamera + (late / Smoothing);
        }

        var isHeldBack = late < MostHeldBack && (previousLate is null || late < previousLate);
        previousLate = isHeldBack ? late : null;
        return isHeldBack ? byCamera : now;
    }
}
