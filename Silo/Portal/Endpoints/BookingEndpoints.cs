using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>A talk, from its booking to its end, as the official does it. Each deed may be repeated, as its grain says.</summary>
/// <remarks>A reference is the booking system's own and may hold slashes: it travels in body or query, never in the path.</remarks>
internal static class BookingEndpoints
{
    public static void MapBookings(this IEndpointRouteBuilder app)
    {
        var bookings = app.MapGroup("/bookings");
        bookings.MapGet("/", Read).AllowTo(Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer);
        bookings.MapPost("/", Book).AllowTo(Roles.Official);
        bookings.MapPost("/letter", RecordLetter).AllowTo(Roles.Official);
        bookings.MapPost("/start", Start).AllowTo(Roles.Official);
        bookings.MapPost("/stop", Stop).AllowTo(Roles.Official);
    }

    private static async Task<IResult> Read(string? reference, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        var booking = await grains.Booking(BookingId.Of(reference)).Read();

        // Why a risk is raised is not for the counter, where others look over one's shoulder.
        var seesReasons = http.User.ToCaller().Has(Roles.Official | Roles.CameraAdministrator | Roles.DataProtectionOfficer);
        return booking.Stage == BookingStage.Unknown ? Problem.NotFound : Results.Ok(BookingDto.Of(booking, seesReasons));
    }

    private static async Task<IResult> Book(BookDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(asked.Reference)).Book(asked.ToRequest()) switch
        {
            BookOutcome.Given given => Results.Ok(new { room = given.Room.Value }),
            BookOutcome.NoneFree none => Refuse(none, "no-room-free", new { detail = "Book one of the next free times, or assess anew.", nextFree = none.NextFree.Select(TimesDto.Of) }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> RecordLetter(LetterDto letter, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.Booking(BookingId.Of(letter.Reference)).RecordLetter(letter.SentOn);
        return Results.NoContent();
    }

    private static async Task<IResult> Start(StartDto start, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(start.Reference)).StartTalk(start.SpokenNoticeGiven) switch
        {
            StartOutcome.Started started => Results.Ok(new { recording = started.Recording.ToString(), already = false }),
            StartOutcome.AlreadyStarted started => Results.Ok(new { recording = started.Recording.ToString(), already = true }),
            StartOutcome.NotRecorded => Results.Ok(new { recording = (string?)null, already = false }),
            StartOutcome.NoticesMissing notices => Refuse(notices, "notices-missing", new { detail = "Give what is missing, and start again.", notices.Missing }),
            StartOutcome.CameraNotReady camera => Refuse(camera, "camera-not-ready", new
            {
                detail = "Choose: another camera room, a second official, the alarm button, or another time.", camera = camera.Camera.Value, camera.Fault,
            }),
            StartOutcome.MayNotRecord barred => Refuse(barred, "may-not-record", new
            {
                detail = barred.Bar == RecordingBar.NoRegulation
                    ? "Ask the secretary to activate a regulation. Until then choose: a room without camera, a second official, the alarm button, or another time."
                    : "It is switched on by a new regulation alone. Until then choose: a room without camera, a second official, the alarm button, or another time.",
                barred.Bar,
            }),
            StartOutcome.NotNow time => Refuse(time, "not-now", new { detail = "Start it in its time.", time.From, time.Until }),
            StartOutcome.ClockNotTrusted clock => Refuse(clock, "clock-not-trusted", new { detail = "Call the operator: the machine's clock must be set right first." }),
            StartOutcome.RoomInUse room => Refuse(room, "room-in-use", new { detail = "End the other talk first.", by = room.By.Value }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Stop(StopDto stop, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(stop.Reference)).StopTalk() switch
        {
            StopOutcome.Stopped stopped => Results.Ok(new { stopped.At, already = false }),
            StopOutcome.AlreadyStopped stopped => Results.Ok(new { stopped.At, already = true }),
            StopOutcome.NotStarted not => Refuse(not, "not-started", new { detail = "There is nothing to stop." }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static Problem Refuse(IOutcome outcome, string type, object facts) => new(StatusCodes.Status409Conflict, type, outcome.Refusal!, facts);
}

internal sealed record BookDto(string Reference, TimesDto Time, AssessmentDto Assessment)
{
    public BookingRequest ToRequest() => new(Time.ToRange(), Assessment.ToAssessment());
}

internal sealed record AssessmentDto(Risk Risk, ImmutableArray<RiskGround> Grounds, ImmutableArray<Alternative> Weighed)
{
    public RiskAssessment ToAssessment() => new(Risk, Grounds, Weighed);

    public static AssessmentDto Of(RiskAssessment assessment) => new(assessment.Risk, assessment.Grounds, assessment.Weighed);
}

internal sealed record LetterDto(string Reference, DateOnly SentOn);

/// <summary>The start of a talk.</summary>
/// <param name="Reference">Of its booking.</param>
/// <param name="SpokenNoticeGiven">The official has said aloud that the talk is recorded; cannot be said afterwards.</param>
internal sealed record StartDto(string Reference, bool SpokenNoticeGiven);

internal sealed record StopDto(string Reference);

internal sealed record BookingDto(
    string Reference, BookingStage Stage, TimesDto? Time, AssessmentDto? Assessment, string? Room, DateOnly? LetterSentOn, string? Recording, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public static BookingDto Of(BookingView booking, bool withReasons) => new(
        booking.Id.Value,
        booking.Stage,
        booking.Time is { } time ? TimesDto.Of(time) : null,
        withReasons && booking.Assessment is { } assessment ? AssessmentDto.Of(assessment) : null,
        booking.Room?.Value,
        booking.LetterSentOn,
        booking.Recording?.ToString(),
        booking.StartedAt,
        booking.EndedAt);
}
