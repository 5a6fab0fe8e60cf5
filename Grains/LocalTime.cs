using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains;

/// <summary>The day as people in the town hall see it. Moments are stored in UTC; only days are local.</summary>
public static class LocalTime
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>The moment at which a day begins in the town hall.</summary>
    public static DateTimeOffset Begin(this DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Netherlands.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().LocalDay();

    /// <summary>The day on which a moment falls in the town hall.</summary>
    public static DateOnly LocalDay(this DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Netherlands).DateTime);

    /// <summary>A moment as the clocks in the town hall show it.</summary>
    public static DateTimeOffset InTownHall(this DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Netherlands);

    /// <summary>From midnight to midnight, which may be 23, 24 or 25 hours.</summary>
    public static TimeRange RangeOf(DateOnly day) => new(MidnightOf(day), MidnightOf(day.AddDays(1)));

    private static DateTimeOffset MidnightOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Netherlands.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
