using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>What may be told of a recording without showing it, and the proof that it is gone.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        var recordings = app.MapGroup("/recordings/{recording}");
        recordings.MapGet("/", Read).AllowTo(Roles.Official | Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Operator);
        recordings.MapGet("/certificate", ReadCertificate).AllowTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer);
    }

    private static async Task<IResult> Read(string recording, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        var view = await grains.Recording(Ids.Recording(recording)).Read();
        return view.Stage == RecordingStage.Unknown ? Problem.NotFound : Results.Ok(RecordingDto.Of(view));
    }

    private static async Task<IResult> ReadCertificate(string recording, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return await grains.AuditTrail(plan.Site).CertificateOf(Ids.Recording(recording)) is { } certificate ? Results.Ok(CertificateDto.Of(certificate)) : Problem.NotFound;
    }
}

internal sealed record RecordingDto(
    string Id, RecordingStage Stage, string? Booking, string? Room, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpiresAt,
    IEnumerable<PartDto> Parts, CertificateDto? Certificate)
{
    public static RecordingDto Of(RecordingView recording) => new(
        recording.Id.ToString(),
        recording.Stage,
        recording.Booking?.Value,
        recording.Room?.Value,
        recording.StartedAt,
        recording.EndedAt,
        recording.ExpiresAt,
        recording.Parts.Select(PartDto.Of),
        recording.Certificate is { } certificate ? CertificateDto.Of(certificate) : null);
}

internal sealed record PartDto(string Id, TimesDto Span, int Fragments, long VideoFrames, double SoundSeconds, long SealedBytes, PartState State, string? Room, string? Camera)
{
    public static PartDto Of(Part part) => new(
        part.Id.ToString(), TimesDto.Of(part.Span), part.Fragments, part.VideoFrames, part.Sound.TotalSeconds, part.SealedBytes, part.State, part.Room?.Value, part.Camera?.Value);
}

/// <summary>Says that a recording is gone, what was done for it, and what that cannot prove.</summary>
internal sealed record CertificateDto(
    long Number, string Recording, string Site, string Room, string RegulationVersion, ErasureReason Reason, ErasedBy By, TimesDto Span, DateTimeOffset DueAt, DateTimeOffset ErasedAt,
    double LatenessSeconds, IEnumerable<ErasedPartDto> Parts, Guid KeyId, long RingGeneration, string Method, bool OpensAfterwards, string Check, string Limits, string Storage)
{
    public static CertificateDto Of(Certificate certificate) => new(
        certificate.Number,
        certificate.Recording.ToString(),
        certificate.Site,
        certificate.Room,
        certificate.RegulationVersion,
        certificate.Reason,
        certificate.By,
        TimesDto.Of(certificate.Span),
        certificate.DueAt,
        certificate.ErasedAt,
        certificate.Lateness.TotalSeconds,
        certificate.Parts.Select(part => new ErasedPartDto(part.Id.ToString(), part.SealedBytes, part.Sha256)),
        certificate.KeyId,
        certificate.RingGeneration,
        certificate.Method,
        certificate.OpensAfterwards,
        certificate.Check,
        certificate.Limits,
        certificate.Storage);
}

internal sealed record ErasedPartDto(string Id, long SealedBytes, string Sha256);
