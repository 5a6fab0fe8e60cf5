using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Capture;

/// <summary>What is missing of what a lease is to record, and since when: all of it, or the sound alone. One user at a time.</summary>
/// <param name="sound">Whether sound is to be recorded.</param>
/// <param name="clock">Of the silo.</param>
internal sealed class GapWatch(bool sound, TimeProvider clock)
{
    // A microphone sends all the time, so one whole fragment without a sample is silence: with one each 2 s it is said within
    // 5 s of the last sound, as a missing picture is. Shorter fragments may hold none because sound came a moment late.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    private DateTimeOffset? lastPicture;
    private TimeSpan silence;
    private long saidAt;

    /// <summary>When the last whole fragment was on disk.</summary>
    public DateTimeOffset? LastFragmentAt { get; private set; }

    /// <summary>Null when all is well.</summary>
    public CaptureGap? Gap { get; private set; }

    /// <summary>Whether it is the sound that is missing.</summary>
    public bool IsOfSound => Gap is { Fault: CameraFault.NoSound };

    /// <summary>A fragment is on disk.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="heldBack">How long before it came its last picture was taken.</param>
    /// <param name="isNew">Whether a part begins with it.</param>
    public void Stored(FragmentContent content, TimeSpan heldBack, bool isNew)
    {
        LastFragmentAt = clock.GetUtcNow();
        lastPicture = LastFragmentAt - heldBack;
        silence = isNew || content.SoundSamples > 0 ? TimeSpan.Zero : silence + content.Duration;

        // A gap ends with a picture that was taken after it was said; what still comes of those before only moves its beginning.
        var isMissingStill = !isNew && Gap is not null && !IsOfSound && clock.GetElapsedTime(saidAt) <= heldBack;
        Gap = isMissingStill ? Gap! with { Since = lastPicture.Value }
            : !sound || silence < LongestSilence ? null
            : IsOfSound ? Gap
            : new CaptureGap(lastPicture.Value - silence, CameraFault.NoSound);
    }

    /// <summary>Nothing comes any more. Where something was missing already, it is since then.</summary>
    public void Begin(CameraFault fault)
    {
        Gap = new CaptureGap(Gap?.Since ?? lastPicture ?? clock.GetUtcNow(), fault);
        saidAt = clock.GetTimestamp();
    }
}
