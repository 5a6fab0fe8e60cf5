using System.Globalization;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The trail, read in steps by the data protection officer (R16).</summary>
internal static class TrailEndpoints
{
    private const int StepByDefault = 100;

    public static void MapTrail(this IEndpointRouteBuilder app) => app.MapGet("/trail", Read).AllowTo(Roles.DataProtectionOfficer);

    private static async Task<TrailDto> Read(string? from, string? count, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var (first, step) = (Number("from", from, 1), Number("count", count, StepByDefault));
        var entries = await grains.AuditTrail(plan.Site).Read(first, step);
        return new TrailDto(entries.Select(TrailEntryDto.Of), entries.Length == step ? entries[^1].Number + 1 : null);
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
    long Number, DateTimeOffset At, string Actor, string Deed, string Subject, string Origin, AuditResult Result, long? Opening, string Detail, string Previous, string Hash)
{
    public static TrailEntryDto Of(AuditRecord entry) => new(
        entry.Number, entry.At, entry.Actor, entry.Deed, entry.Subject, entry.Origin, entry.Result, entry.Opening, entry.Detail, entry.Previous, entry.Hash);
}
