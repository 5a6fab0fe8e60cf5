using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Rooms as they are now, in numbers, and the daily look at the sticker.</summary>
internal static class RoomEndpoints
{
    public static void MapRooms(this IEndpointRouteBuilder app)
    {
        const Roles readers = Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator;
        var rooms = app.MapGroup("/rooms");
        rooms.MapGet("/", ReadAll).AllowTo(readers);
        rooms.MapGet("/{room}", Read).AllowTo(readers);
        rooms.MapPost("/{room}/sticker", CheckSticker).AllowTo(Roles.Official | Roles.Reception);
    }

    private static async Task<IEnumerable<RoomDto>> ReadAll(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return (await grains.TownHall(plan.Site).Rooms()).Select(RoomDto.Of);
    }

    private static async Task<RoomDto> Read(string room, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return RoomDto.Of(await grains.Room(RoomId.Of(room)).Read());
    }

    private static async Task<IResult> CheckSticker(string room, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.Room(RoomId.Of(room)).CheckSticker();
        return Results.NoContent();
    }
}

/// <summary>A room as it is now; without camera for a room that has none.</summary>
internal sealed record RoomDto(
    string Id, CameraDto? Camera, DateOnly? StickerCheckedOn, string? StickerCheckedBy, TalkDto? Talk, IEnumerable<ReservationDto> Reserved, IEnumerable<KeptRecordingDto> Recordings)
{
    public static RoomDto Of(RoomView room) => new(
        room.Id.Value,
        room.Camera is { } camera ? CameraDto.Of(camera) : null,
        room.Sticker?.On,
        room.Sticker?.By,
        room.Talk is { } talk ? new TalkDto(talk.Booking.Value, talk.Recording?.ToString()) : null,
        room.Reserved.Select(reserved => new ReservationDto(reserved.Booking.Value, TimesDto.Of(reserved.Time))),
        room.Recordings.Select(kept => new KeptRecordingDto(kept.Recording.ToString(), kept.ExpiresAt)));
}

internal sealed record TalkDto(string Booking, string? Recording);

internal sealed record ReservationDto(string Booking, TimesDto Time);

internal sealed record KeptRecordingDto(string Recording, DateTimeOffset ExpiresAt);

/// <summary>A camera in numbers: there is no live picture (R2).</summary>
internal sealed record CameraDto(string Id, string? Recording, HealthDto? Health)
{
    public static CameraDto Of(CameraView camera) => new(camera.Id.Value, camera.Recording?.ToString(), camera.Health is { } health ? HealthDto.Of(health) : null);
}

internal sealed record HealthDto(DateTimeOffset LastFragmentAt, double FramesPerSecond, double KilobitsPerSecond, double SoundSamplesPerSecond, GapDto? Gap)
{
    public static HealthDto Of(CaptureHealth health) => new(
        health.LastFragmentAt, health.FramesPerSecond, health.KilobitsPerSecond, health.SoundSamplesPerSecond, health.Gap is { } gap ? new GapDto(gap.Since, gap.Fault) : null);
}

internal sealed record GapDto(DateTimeOffset Since, CameraFault Fault);
