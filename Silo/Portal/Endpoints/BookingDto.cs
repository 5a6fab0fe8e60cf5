using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>What a booking holds. Reasons, and who assessed and decided, are left out for whoever may not see them.</summary>
internal sealed record BookingDto(
    string Reference,
    BookingStage Stage,
    TimesDto? Time,
    string? Room,
    IEnumerable<AssessmentMadeDto>? Assessments,
    ConfirmationDto? Confirmed,
    LetterNotice? Letter,
    SpokenNotice? Spoken,
    CameraOffDto? CameraOff,
    string? Recording,
    WhyUnrecorded? Unrecorded,
    string? Interviewer,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IEnumerable<ObjectionDto>? Objections,
    GapDto? Gap)
{
    public static BookingDto Of(BookingView booking, bool withReasons) => new(
        booking.Id.Value,
        booking.Stage,
        booking.Time is { } time ? TimesDto.Of(time) : null,
        booking.Room?.Value,
        withReasons ? booking.Assessments.Select(made => new AssessmentMadeDto(AssessmentDto.Of(made.Assessment), made.By, made.At)) : null,
        withReasons && booking.Confirmed is { } confirmed ? new ConfirmationDto(confirmed.By, confirmed.At) : null,
        booking.Letter,
        booking.Spoken,
        booking.CameraOff is { } off ? CameraOffDto.Of(off) : null,
        booking.Recording?.ToString(),
        withReasons ? booking.Unrecorded : null,
        booking.Interviewer,
        booking.StartedAt,
        booking.EndedAt,
        withReasons ? booking.Objections.Select(ObjectionDto.Of) : null,
        booking.Gap is { } gap ? new GapDto(gap.Since, gap.Fault) : null);
}

internal sealed record AssessmentMadeDto(AssessmentDto Assessment, string By, DateTimeOffset At);

internal sealed record ConfirmationDto(string By, DateTimeOffset At);

/// <summary>A camera that did not record at a start, and what was chosen instead.</summary>
internal sealed record CameraOffDto(string Camera, CameraFault Fault, DateTimeOffset At, CameraOffChoice? Choice, string? ChosenBy, DateTimeOffset? ChosenAt)
{
    public static CameraOffDto Of(CameraOff off) => new(off.Camera.Value, off.Fault, off.At, off.Chosen?.Choice, off.Chosen?.By, off.Chosen?.At);
}
