using System.Globalization;
using System.Text;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Month and year in figures, room by room, counted from the trail.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/reports/{period}", Report).AllowTo(Roles.DataProtectionOfficer);

    /// <summary><c>/reports/2026-11</c> or <c>/reports/2026</c>; <c>?published=true</c> leaves out figures under five; <c>?format=csv</c> is for a spreadsheet.</summary>
    private static async Task<IResult> Report(string period, string? published, string? format, HttpContext http, IGrainFactory grains, SitePlan plan, IAuditStore store)
    {
        var (isPublished, isCsv) = (Choice("published", published, "false", "true"), Choice("format", format, "json", "csv"));
        var report = new RoomReport(plan, ReportPeriod.Of(period));
        using var _ = http.CallAsUser();
        var reading = await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Report);
        await foreach (var entries in store.ReadAll(plan.Site, reading.Until, http.RequestAborted))
        {
            foreach (var entry in entries)
            {
                report.Add(entry);
            }
        }

        var rooms = report.Figures.Select(room => (room.Room, Figures: PublishedFigures.Of(room, isPublished).ToList())).ToList();
        return isCsv
            ? Results.Text(Csv(rooms), "text/csv; charset=utf-8; header=present", Encoding.UTF8)
            : Results.Ok(new ReportDto(
                plan.Site.Value, period, isPublished, reading.Until, rooms.Select(room => new RoomFiguresDto(room.Room, room.Figures.ToDictionary(figure => figure.Name, figure => figure.Value)))));
    }

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

    private static bool Choice(string field, string? text, string no, string yes) => text is null || text == no ? false : text == yes ? true
        : throw RecordingClusterException.Invalid(field, $"must be {no} or {yes}.", $"An example that is right: {yes}.");
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
