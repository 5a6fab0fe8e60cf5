using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Capture;

/// <summary>How much came over the last few seconds. One thread writes, others read.</summary>
internal sealed class HealthMeter(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Queue<(long At, FragmentContent Content, int Bytes)> recent = [];
    private readonly Lock gate = new();

    public void Add(FragmentContent content, int bytes)
    {
        lock (gate)
        {
            recent.Enqueue((clock.GetTimestamp(), content, bytes));
            Forget();
        }
    }

    /// <summary>Pictures, kilobits and sound samples a second; 0 when nothing came.</summary>
    public (double Frames, double Kilobits, double SoundSamples) Read()
    {
        lock (gate)
        {
            Forget();
            var seconds = recent.Sum(one => one.Content.Duration.TotalSeconds);
            return seconds == 0
                ? default
                : (recent.Sum(one => one.Content.VideoFrames) / seconds, recent.Sum(one => one.Bytes) * 8 / 1000.0 / seconds, recent.Sum(one => one.Content.SoundSamples) / seconds);
        }
    }

    private void Forget()
    {
        while (recent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) > Window)
        {
            recent.Dequeue();
        }
    }
}
