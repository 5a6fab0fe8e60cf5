using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The trail for the data protection officer: read in steps, exported, checked, and its signed heads (R16).</summary>
internal static class TrailEndpoints
{
    private const int StepByDefault = 100;

    public static void MapTrail(this IEndpointRouteBuilder app)
    {
        var trail = app.MapGroup("/trail").AllowTo(Roles.DataProtectionOfficer);
        trail.MapGet("/", Read);
        trail.MapGet("/export", Export);
        trail.MapGet("/check", Check);
        trail.MapGet("/head", ReadHead);
        trail.MapPost("/head", SignHead);
    }

    private static async Task<IResult> Read(string? from, string? count, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var (first, step) = (Number("from", from, 1), Number("count", count, StepByDefault));
        var entries = await grains.AuditTrail(plan.Site).Read(first, step);
        return Results.Ok(new TrailDto(entries.Select(TrailEntryDto.Of), entries.Length == step ? entries[^1].Number + 1 : null));
    }

    /// <summary>The whole trail as a file: <c>?format=json-lines</c>, by which it can be checked anywhere, or <c>csv</c> for a spreadsheet.</summary>
    private static async Task Export(string? format, HttpContext http, IGrainFactory grains, SitePlan plan, IAuditStore store)
    {
        var csv = format switch
        {
            null or "json-lines" => false,
            "csv" => true,
            _ => throw RecordingClusterException.Invalid("format", "must be json-lines or csv.", "An example that is right: json-lines."),
        };
        using var _ = http.CallAsUser();
        var reading = await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Export);
        http.Response.ContentType = csv ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=trail-{plan.Site}-{reading.Until.ToString(CultureInfo.InvariantCulture)}.{(csv ? "csv" : "jsonl")}";
        var body = http.Response.BodyWriter;
        if (csv)
        {
            Encoding.UTF8.GetBytes(TrailLines.CsvHeader, body);
        }

        await foreach (var entries in store.ReadAll(plan.Site, reading.Until, http.RequestAborted))
        {
            foreach (var entry in entries)
            {
                if (csv)
                {
                    TrailLines.WriteCsv(body, entry);
                }
                else
                {
                    TrailLines.WriteJson(body, entry);
                }
            }

            await body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>Checks the whole trail against the heads that this silo keeps. Answers a line of JSON at each step, and the report as the last.</summary>
    private static async Task Check(HttpContext http, IGrainFactory grains, SitePlan plan, IAuditStore store, HeadFiles heads, TrailAuthorities authorities)
    {
        using var seals = authorities.NewCheck();
        var check = new ChainCheck(heads.Read(plan.Site), seals); // before the end is asked for: none of them may lie beyond it
        using var _ = http.CallAsUser();
        var reading = await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Check);
        http.Response.ContentType = "application/jsonl; charset=utf-8";
        await foreach (var entries in store.ReadAll(plan.Site, reading.Until, http.RequestAborted))
        {
            foreach (var entry in entries)
            {
                check.Add(entry);
            }

            await Tell(http, new { checkedEntries = check.Entries, of = reading.Until });
        }

        var report = check.Finish();
        await Tell(http, new { report.IsWhole, report.Entries, report.Last, report.Heads, report.Covered, report.Faults });
    }

    /// <summary>The last head that was kept, as text to print and put away.</summary>
    private static IResult ReadHead(SitePlan plan, HeadFiles heads) =>
        heads.Read(plan.Site) is [.., var last] ? Results.Text(HeadSheet.Of(last)) : Problem.NotFound;

    private static async Task<IResult> SignHead(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return await grains.AuditTrail(plan.Site).SignHead() is { } head ? Results.Text(HeadSheet.Of(head)) : Problem.NotFound;
    }

    private static async Task Tell<T>(HttpContext http, T line)
    {
        http.Response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(line, PortalJson.Options));
        http.Response.BodyWriter.Write("\n"u8);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    // Two thousand million entries are a hundred each second for eight months, and more than a browser counts through.
    private static int Number(string field, string? text, int otherwise) =>
        text is null ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw RecordingClusterException.Invalid(field, $"must be a whole number from 1 to {int.MaxValue}.", "An example that is right: 1.");
}

/// <summary>A step of the trail.</summary>
/// <param name="Entries">In order.</param>
/// <param name="Next">Where the next step begins; null when this was the last.</param>
internal sealed record TrailDto(IEnumerable<TrailEntryDto> Entries, long? Next);

internal sealed record TrailEntryDto(
    long Number, DateTimeOffset At, string Actor, string Deed, string Subject, string Origin, AuditResult Result, long? Opening, string Detail, string Trace, string Previous, string Hash)
{
    public static TrailEntryDto Of(AuditRecord entry) => new(
        entry.Number, entry.At, entry.Actor, entry.Deed, entry.Subject, entry.Origin, entry.Result, entry.Opening, entry.Detail, entry.Trace, entry.Previous, entry.Hash);
}
