using System.Globalization;
using System.Text;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Certificates of erasure, found by booking or by day; by recording they are beside the recording, and as a page to print.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificates(this IEndpointRouteBuilder app) =>
        app.MapGet("/certificates", Find).AllowTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer);

    /// <summary><c>?booking=REFERENCE</c>, or <c>?day=2026-12-07</c> with <c>from</c> to go on where the last answer ended.</summary>
    private static async Task<IResult> Find(string? booking, string? day, string? from, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var trail = grains.AuditTrail(plan.Site);
        var found = (booking, day) switch
        {
            ({ } reference, null) => await trail.CertificatesOf(BookingId.Of(reference)),
            (null, { } date) => await trail.CertificatesOn(Day(date), Number(from)),
            _ => throw RecordingClusterException.Invalid("booking", "or day must be given, and not both.", "An example that is right: /certificates?day=2026-12-07."),
        };
        return Results.Ok(found.Select(CertificateDto.Of));
    }

    private static DateOnly Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100
        ? day
        : throw RecordingClusterException.Invalid("day", "must be a day as 2026-12-07.", "Days are those of Europe/Amsterdam.");

    private static long Number(string? text) => text is null ? 1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw RecordingClusterException.Invalid("from", "must be a number of the trail.", "An example that is right: 1.");
}

/// <summary>Says that a recording is gone, what was done for it, and what that cannot prove. The words are the text that is signed, whole.</summary>
internal sealed record CertificateDto(
    long Number, string Recording, string Site, string Room, string? Booking, string RegulationVersion, string Articles, ErasureReason Reason, ErasedBy By, TimesDto Span,
    DateTimeOffset DueAt, DateTimeOffset ErasedAt, double LatenessSeconds, IEnumerable<MediaTracks>? Tracks, IEnumerable<ErasedPartDto> Parts, Guid KeyId, long RingGeneration,
    string Method, bool OpensAfterwards, string Check, string Limits, string Storage, ClockReading? Clock, string Previous, SiloSeal? Seal, string Words)
{
    public static CertificateDto Of(Certificate certificate) => new(
        certificate.Number,
        certificate.Recording.ToString(),
        certificate.Site,
        certificate.Room,
        certificate.Booking?.Value,
        certificate.RegulationVersion,
        certificate.Articles,
        certificate.Reason,
        certificate.By,
        TimesDto.Of(certificate.Span),
        certificate.DueAt,
        certificate.ErasedAt,
        certificate.Lateness.TotalSeconds,
        TracksDto.Of(certificate.Tracks),
        certificate.Parts.Select(part => new ErasedPartDto(part.Id.ToString(), part.SealedBytes, part.Sha256, TracksDto.Of(part.Tracks), part.CopyIn)),
        certificate.KeyId,
        certificate.RingGeneration,
        certificate.Method,
        certificate.OpensAfterwards,
        certificate.Check,
        certificate.Limits,
        certificate.Storage,
        certificate.Clock,
        certificate.Previous,
        certificate.Seal,
        Encoding.UTF8.GetString(certificate.Words()));
}

internal sealed record ErasedPartDto(string Id, long SealedBytes, string Sha256, IEnumerable<MediaTracks>? Tracks, string? CopyIn);
