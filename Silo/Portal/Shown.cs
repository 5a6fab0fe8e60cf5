using System.Globalization;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Portal;

/// <summary>Times and lengths as the portal shows them: in the town hall's time, in the reader's language.</summary>
internal static class Shown
{
    private static readonly TimeZoneInfo Netherlands = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    /// <summary>As in <c>23 november 2026, 14:05</c>.</summary>
    public static string Moment(DateTimeOffset moment) => Local(moment, "d MMMM yyyy, HH:mm");

    /// <summary>As in <c>23 november 2026, 14:05:09</c>.</summary>
    public static string Second(DateTimeOffset moment) => Local(moment, "d MMMM yyyy, HH:mm:ss");

    /// <summary>As in <c>14:05:09</c>.</summary>
    public static string Clock(DateTimeOffset moment) => Local(moment, "HH:mm:ss");

    /// <summary>As in <c>14:05</c>.</summary>
    public static string Hour(DateTimeOffset moment) => Local(moment, "HH:mm");

    /// <summary>As in <c>23 november 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>As in <c>23 november 2026, 14:05:09 – 14:09:14</c>.</summary>
    public static string Stretch(TimeRange stretch) => $"{Second(stretch.From)} – {Clock(stretch.Until)}";

    /// <summary>Between the two seconds that are shown: whoever counts finds the same.</summary>
    public static string Length(TimeRange stretch) => Length(WholeSeconds(stretch.Until) - WholeSeconds(stretch.From));

    /// <summary>As in <c>4:05</c> or <c>1:04:05</c>: hours, minutes, seconds.</summary>
    public static string Length(TimeSpan length) => length.ToString(length.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>For the attribute <c>datetime</c> and for scripts.</summary>
    public static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>As the browser's own fields for a day take it.</summary>
    public static string IsoDay(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>In a form of one's own, by the town hall's clock.</summary>
    public static string Local(DateTimeOffset moment, string form) => TimeZoneInfo.ConvertTime(moment, Netherlands).ToString(form, CultureInfo.CurrentCulture);

    private static TimeSpan WholeSeconds(DateTimeOffset moment) => TimeSpan.FromSeconds(moment.ToUnixTimeSeconds());
}
