using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Measuring a camera when it is set up. Never a picture.</summary>
internal static class CameraEndpoints
{
    public static void MapCameras(this IEndpointRouteBuilder app) => app.MapPost("/cameras/{camera}/measurement", Measure).AllowTo(Roles.Operator);

    private static async Task<IResult> Measure(string camera, HttpContext http, IGrainFactory grains, SitePlan plan, ISiloPlaces places)
    {
        var id = CameraId.Of(camera);
        if (!plan.Rooms.Any(room => room.Camera == id))
        {
            return Problem.NotFound;
        }

        // Its grain has no place then, and a call to it would wait for half a minute to say so.
        if (!places.IsReached(id))
        {
            return new Problem(StatusCodes.Status409Conflict, "no-silo", "no silo that runs reaches this camera");
        }

        using var _ = http.CallAsUser();
        return await grains.Camera(id).Measure() switch
        {
            MeasureOutcome.Measured measured => Results.Ok(MeasurementDto.Of(measured.Numbers)),
            MeasureOutcome.Records records => Problem.Refuse(records, "camera-records", new { health = records.Health is { } health ? HealthDto.Of(health) : null }),
            MeasureOutcome.TalkGoesOn talk => Problem.Refuse(talk, "talk-goes-on", new { }),
            var off => Problem.Refuse(off, "recording-off", new { }),
        };
    }
}

internal sealed record MeasurementDto(DateTimeOffset At, IEnumerable<CameraFault> Faults, PictureDto? Picture, SoundDto? Sound)
{
    public static MeasurementDto Of(CameraMeasurement numbers) => new(
        numbers.At,
        numbers.Faults,
        numbers.Picture is { } picture ? PictureDto.Of(picture) : null,
        numbers.Sound is { } sound ? new SoundDto(sound.Codec, sound.SampleRate, sound.MeanDecibels, sound.PeakDecibels) : null);
}

internal sealed record PictureDto(string Codec, int Width, int Height, double FramesPerSecond, double KilobitsPerSecond, double GopSeconds, bool IsGopWhole)
{
    public static PictureDto Of(PictureNumbers picture) =>
        new(picture.Codec, picture.Width, picture.Height, picture.FramesPerSecond, picture.KilobitsPerSecond, picture.Gop.TotalSeconds, picture.IsGopWhole);
}

internal sealed record SoundDto(string Codec, int SampleRate, double? MeanDecibels, double? PeakDecibels);
