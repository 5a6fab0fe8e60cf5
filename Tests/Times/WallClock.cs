namespace RecordingCluster.Tests.Times;

/// <summary>A machine whose wall clock can be set wrong, while its counter and its timers go on as they should.</summary>
internal sealed class WallClock(TimeProvider right) : TimeProvider
{
    private TimeSpan shift;
    private DateTimeOffset? stoodStillAt;

    /// <summary>Sets it ahead, or back.</summary>
    public void Jump(TimeSpan by) => shift += by;

    /// <summary>It shows this moment from now on.</summary>
    public void StandStill() => stoodStillAt = GetUtcNow();

    /// <summary>It is right again.</summary>
    public void SetRight() => (shift, stoodStillAt) = (TimeSpan.Zero, null);

    public override DateTimeOffset GetUtcNow() => stoodStillAt ?? right.GetUtcNow() + shift;

    public override long TimestampFrequency => right.TimestampFrequency;

    public override long GetTimestamp() => right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => right.CreateTimer(callback, state, dueTime, period);
}
