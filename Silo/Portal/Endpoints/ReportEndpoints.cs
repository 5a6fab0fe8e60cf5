using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Month and year in figures, room by room, counted from the trail.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/reports/{period}", Report).AllowTo(Roles.DataProtectionOfficer);

    /// <summary><c>/reports/2026-11</c> or <c>/reports/2026</c>; <c>?published=true</c> leaves out figures under five; <c>?format=csv</c> has commas, for programs; <c>?format=spreadsheet</c> is as Dutch ones open it.</summary>
    private static async Task<IResult> Report(string period, string? published, string? format, HttpContext http, SitePlan plan, TrailDesk desk, IStringLocalizer<PortalText> text)
    {
        var (isPublished, form, time) = (Choice("published", published, "false", "true") == "true", Choice("format", format, "json", "csv", "spreadsheet"), ReportPeriod.Of(period));
        using var _ = http.CallAsUser();
        var (report, until) = await desk.Report(time, http.RequestAborted);
        var rooms = report.Figures.Select(room => (room.Room, Figures: PublishedFigures.Of(room, isPublished).ToList())).ToList();
        return form switch
        {
            "csv" => Results.Text(Csv(rooms), Sheet.MediaType, Encoding.UTF8),
            "spreadsheet" => Results.File(Encoding.UTF8.GetBytes(SheetOf(rooms, text)), Sheet.MediaType, $"report-{plan.Site}-{period}.csv"),
            _ => Results.Ok(new ReportDto(
                plan.Site.Value, period, isPublished, until, rooms.Select(room => new RoomFiguresDto(room.Room, room.Figures.ToDictionary(figure => figure.Name, figure => figure.Value))))),
        };
    }

    private static string SheetOf(List<(string Room, List<(string Name, double? Value)> Figures)> rooms, IStringLocalizer<PortalText> text) =>
        Sheet.Mark
        + Sheet.Row([(string)text["Spreekkamer"], .. rooms[0].Figures.Select(figure => WatchText.Figure(figure.Name, text))])
        + string.Concat(rooms.Select(room => Sheet.Row([room.Room, .. room.Figures.Select(figure => (object?)figure.Value ?? (string)text["minder dan {0}", PublishedFigures.Least])])));

    // Room ids are words of the configuration, without comma or quotes.
    private static string Csv(List<(string Room, List<(string Name, double? Value)> Figures)> rooms)
    {
        var text = new StringBuilder("room");
        foreach (var (name, _) in rooms.SelectMany(room => room.Figures).DistinctBy(figure => figure.Name))
        {
            text.Append(',').Append(name);
        }

        foreach (var (room, figures) in rooms)
        {
            text.Append("\r\n").Append(room);
            foreach (var (_, value) in figures)
            {
                text.Append(',').Append(value is { } known ? known.ToString(CultureInfo.InvariantCulture) : $"<{PublishedFigures.Least}");
            }
        }

        return text.Append("\r\n").ToString();
    }

    // The first is what is meant when nothing is said.
    private static string Choice(string field, string? text, params string[] choices) =>
        text is null ? choices[0]
        : choices.Contains(text) ? text
        : throw RecordingClusterException.Invalid(field, $"must be one of {string.Join(", ", choices)}.", $"An example that is right: {choices[^1]}.");
}

/// <summary>A report.</summary>
/// <param name="Site">The town hall.</param>
/// <param name="Period">Month or year.</param>
/// <param name="Published">Whether figures under five are left out.</param>
/// <param name="Until">The last entry of the trail that was counted.</param>
/// <param name="Rooms">In the order of the site.</param>
internal sealed record ReportDto(string Site, string Period, bool Published, long Until, IEnumerable<RoomFiguresDto> Rooms);

/// <summary>One room's figures by name; null for one that is left out.</summary>
internal sealed record RoomFiguresDto(string Room, IReadOnlyDictionary<string, double?> Figures);
