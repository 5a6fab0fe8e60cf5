namespace RecordingCluster.Grains.Times;

/// <summary>The time that the protocol goes by, and whether it can be trusted (R11).</summary>
/// <remarks>
/// A machine has a wall clock, which people and time servers set, and a counter that nobody can. From an anchor on, the
/// counter tells what the wall clock should say. While they agree, the time is the wall clock's. Where they do not, one of
/// the two is wrong, and time is the later: nothing stays readable past its term. Until they agree again, or somebody
/// accepts what the wall clock says, no term erases anything and no recording starts.
/// </remarks>
public sealed class SteadyClock(TimeProvider machine, ClockAnchor anchor) : TimeProvider
{
    // Two seconds for a leap second and for a first step of time synchronisation.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    // A clock may be slewed by 500 parts in a million (adjtimex(2)), and crystals go wrong by some tens. At twice that the
    // 14 days move by 20 minutes before it is noticed.
    private const double MostDrift = 0.001;

    private volatile ClockAnchor anchor = anchor;

    /// <summary>A clock that is right as it stands.</summary>
    public SteadyClock(TimeProvider machine)
        : this(machine, ClockAnchor.Of(machine))
    {
    }

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public bool IsTrusted => Read().IsTrusted;

    public override DateTimeOffset GetUtcNow() => Read() is var reading && reading.IsTrusted || reading.Wall > reading.Counted ? reading.Wall : reading.Counted;

    /// <summary>
    /// What neither comes early nor goes back where the clock cannot be trusted: then it is what the counter says. A decision
    /// for a later day goes by it.
    /// </summary>
    public DateTimeOffset GetSteadyNow() => Read() is var reading && reading.IsTrusted ? reading.Wall : reading.Counted;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>What both clocks say now.</summary>
    public ClockReading Read()
    {
        var from = anchor;
        var elapsed = machine.GetElapsedTime(from.Timestamp);
        var reading = new ClockReading(machine.GetUtcNow(), from.At + elapsed, false);
        return reading with { IsTrusted = reading.Off.Duration() <= Slack + (elapsed * MostDrift) };
    }

    /// <summary>Where the counter stands now: what a later start goes on from.</summary>
    public ClockAnchor Anchor => new(Read().Counted, machine.GetTimestamp());

    /// <summary>The wall clock is right from here on, whatever it said before. Safe to repeat.</summary>
    public void Accept() => anchor = ClockAnchor.Of(machine);
}

/// <summary>A moment by both clocks.</summary>
/// <param name="At">The time it was.</param>
/// <param name="Timestamp">What the counter said.</param>
public sealed record ClockAnchor(DateTimeOffset At, long Timestamp)
{
    public static ClockAnchor Of(TimeProvider machine) => new(machine.GetUtcNow(), machine.GetTimestamp());
}

/// <summary>What both clocks say.</summary>
/// <param name="Wall">The wall clock.</param>
/// <param name="Counted">What it should say, by the counter.</param>
/// <param name="IsTrusted">Whether they agree.</param>
public readonly record struct ClockReading(DateTimeOffset Wall, DateTimeOffset Counted, bool IsTrusted)
{
    /// <summary>How far the wall clock is ahead; negative when it is behind.</summary>
    public TimeSpan Off => Wall - Counted;
}
