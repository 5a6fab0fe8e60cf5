namespace RecordingCluster.GrainInterfaces.Times;

/// <summary>From a moment (included) until a later one (not included), both in UTC.</summary>
[GenerateSerializer, Immutable, Alias("time-range")]
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Length => Until - From;

    public bool Contains(DateTimeOffset moment) => From <= moment && moment < Until;

    public bool Contains(TimeRange other) => From <= other.From && other.Until <= Until;

    public bool Overlaps(TimeRange other) => From < other.Until && other.From < Until;

    public override string ToString() => $"{From:u} until {Until:u}";
}
