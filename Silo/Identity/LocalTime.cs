using System.Globalization;

namespace RecordingCluster.Silo.Identity;

/// <summary>A time as the portal shows it.</summary>
internal static class LocalTime
{
    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    public static string Of(DateTimeOffset time) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(time, "Europe/Amsterdam").ToString("d MMMM yyyy, HH:mm", Dutch);
}
