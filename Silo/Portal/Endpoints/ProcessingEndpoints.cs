using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The processing log, by the trace of an entry of the trail, or by the reference of a booking or case: what was done with that person's data.</summary>
internal static class ProcessingEndpoints
{
    // A case with more lines than this is none of ours: a talk gives some ten.
    private const int MostLines = 1000;

    public static void MapProcessing(this IEndpointRouteBuilder app) => app.MapGet("/processing", Find).AllowTo(Roles.DataProtectionOfficer);

    private static async Task<IResult> Find(
        string? trace, string? booking, string? @case, HttpContext http, IGrainFactory grains, SitePlan plan, IProcessingStore store, IPseudonyms pseudonyms)
    {
        using var _ = http.CallAsUser();
        var find = (trace, booking, @case) switch
        {
            ({ Length: 32 } id, null, null) when id.All(char.IsAsciiHexDigitLower) => () => store.OfTrace(id),
            (null, { } reference, null) => About(BookingId.Of(reference).Value),
            (null, null, { } reference) => About(ReferenceText.Checked("case", reference)),
            _ => throw RecordingClusterException.Invalid("trace", "of 32 hexadecimal digits, booking or case must be given, and one of them only.", "An example that is right: /processing?booking=7f1c0a52."),
        };
        await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Processing);
        return Results.Ok(await find());

        Func<Task<ImmutableArray<ProcessingLine>>> About(string reference) => () => store.About(pseudonyms.AllOf(reference), MostLines);
    }
}
