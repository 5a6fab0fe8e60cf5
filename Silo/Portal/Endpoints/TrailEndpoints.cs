using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Portal.Texts;
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
        trail.MapGet("/checks", ReadCheck);
        trail.MapPost("/checks", BeginCheck);
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

    /// <summary>The whole trail as a file: <c>?format=json-lines</c>, by which it can be checked anywhere, <c>csv</c> with commas for programs (RFC 4180), or <c>spreadsheet</c> as Dutch ones open it.</summary>
    private static async Task Export(string? format, HttpContext http, IGrainFactory grains, SitePlan plan, IAuditStore store, IStringLocalizer<PortalText> text)
    {
        var (begin, write, media, ending) = FormOf(format, text);
        using var _ = http.CallAsUser();
        var reading = await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Export);
        http.Response.ContentType = media;
        http.Response.Headers.ContentDisposition = $"attachment; filename=trail-{plan.Site}-{reading.Until.ToString(CultureInfo.InvariantCulture)}.{ending}";
        var body = http.Response.BodyWriter;
        Encoding.UTF8.GetBytes(begin, body);
        await foreach (var entries in store.ReadAll(plan.Site, reading.Until, http.RequestAborted))
        {
            foreach (var entry in entries)
            {
                write(body, entry);
            }

            await body.FlushAsync(http.RequestAborted);
        }
    }

    private static (string Begin, Action<IBufferWriter<byte>, AuditRecord> Write, string Media, string Ending) FormOf(string? format, IStringLocalizer<PortalText> text) => format switch
    {
        null or "json-lines" => ("", TrailLines.WriteJson, "application/jsonl; charset=utf-8", "jsonl"),
        "csv" => (TrailLines.CsvHeader, TrailLines.WriteCsv, Sheet.MediaType, "csv"),
        "spreadsheet" => (SheetHeader(text), WriteSheet, Sheet.MediaType, "csv"),
        _ => throw RecordingClusterException.Invalid("format", "must be json-lines, csv or spreadsheet.", "An example that is right: json-lines."),
    };

    private static string SheetHeader(IStringLocalizer<PortalText> text) => Sheet.Mark + Sheet.Row(
        (string)text["Regel"], (string)text["Wanneer"], (string)text["Wie"], (string)text["Handeling"], (string)text["Waarmee"], (string)text["Herkomst"],
        (string)text["Uitkomst"], (string)text["Begonnen op regel"], (string)text["Bijzonderheden"]);

    // What the chain needs is left out: it is checked by the lines of JSON.
    private static void WriteSheet(IBufferWriter<byte> to, AuditRecord entry) => Encoding.UTF8.GetBytes(
        Sheet.Row(entry.Number, entry.At, entry.Actor, entry.Deed, entry.Subject, entry.Origin, entry.Result, entry.Opening, entry.Detail), to);

    /// <summary>Begins a check in the background, or finds the one that goes on.</summary>
    private static async Task<IResult> BeginCheck(HttpContext http, IGrainFactory grains, SitePlan plan, ChainChecks checks)
    {
        using var _ = http.CallAsUser();
        return Results.Accepted(value: ChainProgressDto.From(await checks.Begin(http.User.ToCaller().Subject, () => grains.AuditTrail(plan.Site).BeginReading(TrailUse.Check))));
    }

    private static IResult ReadCheck(ChainChecks checks) => checks.Last is { } last ? Results.Ok(ChainProgressDto.From(last)) : Problem.NotFound;

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

/// <summary>A check in the background: how far it is, and once it is done what it found.</summary>
internal sealed record ChainProgressDto(ChainStage Stage, DateTimeOffset At, string By, long Checked, long Of, bool? IsWhole, long? Covered, IEnumerable<ChainFault>? Faults)
{
    public static ChainProgressDto From(ChainProgress progress) => new(
        progress.Stage, progress.At, progress.By, progress.Checked, progress.Of, progress.Report?.IsWhole, progress.Report?.Covered, progress.Report?.Faults);
}
