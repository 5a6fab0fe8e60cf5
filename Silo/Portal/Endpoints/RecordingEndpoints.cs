using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Placement;
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

    private static async Task<IResult> Read(string recording, HttpContext http, IGrainFactory grains, ISiloPlaces places)
    {
        using var _ = http.CallAsUser();
        var view = await grains.Recording(Ids.Recording(recording)).Read();
        return view.Stage == RecordingStage.Unknown ? Problem.NotFound : Results.Ok(RecordingDto.Of(view, places));
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
    /// <param name="recording">What is known of it.</param>
    /// <param name="places">The silos that run: a part on another is not reachable now, and not lost.</param>
    public static RecordingDto Of(RecordingView recording, ISiloPlaces places) => new(
        recording.Id.ToString(),
        recording.Stage,
        recording.Booking?.Value,
        recording.Room?.Value,
        recording.StartedAt,
        recording.EndedAt,
        recording.ExpiresAt,
        recording.Parts.Select(part => PartDto.Of(part, recording, places)),
        recording.Certificate is { } certificate ? CertificateDto.Of(certificate) : null);
}

internal sealed record PartDto(string Id, TimesDto Span, int Fragments, long VideoFrames, double SoundSeconds, long SealedBytes, PartState State, string? Room, string? Camera, IEnumerable<MediaTracks>? Tracks, bool IsReachable,
    IEnumerable<CopyDto> Copies)
{
    public static PartDto Of(Part part, RecordingView recording, ISiloPlaces places) => new(
        part.Id.ToString(), TimesDto.Of(part.Span), part.Fragments, part.VideoFrames, part.Sound.TotalSeconds, part.SealedBytes, part.State, part.Room?.Value, part.Camera?.Value, TracksDto.Of(part.Tracks),
        places.IsReachable(recording, part), recording.Copies.Where(copy => copy.Part == part.Id).Select(copy => new CopyDto(copy.Vault, copy.Fragments, copy.IsWhole)));
}

/// <summary>What another vault has of a part, as last told.</summary>
internal sealed record CopyDto(string Vault, int Fragments, bool IsWhole);
