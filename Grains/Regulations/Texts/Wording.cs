using System.Globalization;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations.Texts;

/// <summary>Lengths and counts as people say them.</summary>
public static class Wording
{
    private static readonly (TimeSpan Unit, string DutchOne, string DutchMany, string EnglishOne, string EnglishMany)[] Units =
    [
        (TimeSpan.FromDays(1), "dag", "dagen", "day", "days"),
        (TimeSpan.FromHours(1), "uur", "uur", "hour", "hours"),
        (TimeSpan.FromMinutes(1), "minuut", "minuten", "minute", "minutes"),
        (TimeSpan.FromSeconds(1), "seconde", "seconden", "second", "seconds"),
    ];

    /// <summary>In the largest unit that tells it whole, such as 14 dagen, 36 uur, 75 seconden. What is left below a second is not told.</summary>
    public static string Of(TimeSpan length, Language language)
    {
        var (unit, dutchOne, dutchMany, englishOne, englishMany) = Array.Find(Units, unit => length.Ticks % unit.Unit.Ticks == 0 && length >= unit.Unit) is { DutchOne: not null } whole ? whole : Units[^1];
        var count = length.Ticks / unit.Ticks;
        return $"{count} {(language, count) switch
        {
            (Language.Dutch, 1) => dutchOne,
            (Language.Dutch, _) => dutchMany,
            (_, 1) => englishOne,
            _ => englishMany,
        }}";
    }

    /// <summary>A moment in the town hall's time, as in <c>23 november 2026, 10:00</c>.</summary>
    public static string Said(this DateTimeOffset moment, Language language) =>
        moment.InTownHall().ToString("d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo(language == Language.Dutch ? "nl-NL" : "en-GB"));
}
