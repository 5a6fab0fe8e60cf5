using System.Globalization;

namespace RecordingCluster.Silo.Portal;

/// <summary>A table for a spreadsheet as Dutch ones open it by a double click: semicolons, decimal commas, UTF-8 with its mark.</summary>
/// <remarks>
/// The comma is the decimal mark here, so a spreadsheet set to Dutch takes the semicolon between cells and reads a file with commas into
/// one column. Without the mark it takes UTF-8 for another alphabet. Every text stands in quotes (RFC 4180), and one that begins with
/// a sign by which a formula begins gets an apostrophe before it, so that it stays text.
/// </remarks>
internal static class Sheet
{
    public const string MediaType = "text/csv; charset=utf-8; header=present";

    /// <summary>Stands at the beginning of the file.</summary>
    public const string Mark = "\uFEFF";

    private static readonly CultureInfo Dutch = CultureInfo.GetCultureInfo("nl-NL");

    public static string Row(params IEnumerable<object?> cells) => string.Join(';', cells.Select(Cell)) + "\r\n";

    private static string Cell(object? value) => value switch
    {
        null => "",
        long or int => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        double number => number.ToString("0.##", Dutch),
        DateTimeOffset moment => Shown.Local(moment, "yyyy-MM-dd HH:mm:ss"), // as every spreadsheet takes it, and it sorts
        _ => Quoted($"{value}"),
    };

    private static string Quoted(string words) =>
        $"\"{(words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
