namespace RecordingCluster.Silo.Capture;

/// <summary>The numbers of the recorder: section <c>Capture</c>.</summary>
internal sealed class CaptureOptions
{
    /// <summary>
    /// The longest time between two whole pictures that a camera may have. A fragment is as long, and so is what a crash
    /// can cost; a gap must be noticed within 5 s, and fragments are what it is noticed by (R7).
    /// </summary>
    public TimeSpan LongestFragment { get; set; } = TimeSpan.FromSeconds(4);

    public IEnumerable<string> Faults()
    {
        if (LongestFragment <= TimeSpan.Zero || LongestFragment > TimeSpan.FromSeconds(4))
        {
            yield return "Capture:LongestFragment must be more than 0 and at most 4 seconds, since a gap must be noticed within 5. An example that is right: 00:00:02.";
        }
    }
}
