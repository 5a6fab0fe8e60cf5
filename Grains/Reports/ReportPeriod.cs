using System.Globalization;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Reports;

/// <summary>A month or a year of Europe/Amsterdam.</summary>
/// <param name="First">Its first day.</param>
/// <param name="After">The day after its last.</param>
public sealed record ReportPeriod(DateOnly First, DateOnly After)
{
    /// <exception cref="RecordingClusterException">InvalidInput: it is neither.</exception>
    public static ReportPeriod Of(string text) =>
        Parse(text, "yyyy-MM") is { } month ? new(month, month.AddMonths(1))
        : Parse(text, "yyyy") is { } year ? new(year, year.AddYears(1))
        : throw RecordingClusterException.Invalid("period", "must be a month or a year.", "Examples that are right: 2026-11, 2026.");

    public bool Contains(DateTimeOffset moment) => moment.LocalDay() is var day && day >= First && day < After;

    private static DateOnly? Parse(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100 ? day : null;
}
