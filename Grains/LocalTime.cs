namespace RecordingCluster.Grains;

/// <summary>The day as people in the town hall see it. Moments are stored in UTC; only days are local.</summary>
internal static class LocalTime
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static DateOnly Today(this TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Netherlands).DateTime);
}
