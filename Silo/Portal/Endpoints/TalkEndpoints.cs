using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Portal.Edge;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>A talk from its start to its end, as the official does it. Each deed may be repeated, as its grain says.</summary>
internal static class TalkEndpoints
{
    public static void MapTalks(this IEndpointRouteBuilder app)
    {
        var bookings = app.MapGroup("/bookings").AllowTo(Roles.Official);
        bookings.MapPost("/start", Start).WhileAway();
        bookings.MapPost("/start-unrecorded", StartUnrecorded);
        bookings.MapPost("/choose", Choose);
        bookings.MapPost("/lengthen", Lengthen);
        bookings.MapPost("/swap", Swap);
        bookings.MapPost("/stop", Stop).WhileAway();
    }

    private static async Task<IResult> Start(StartDto start, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(start.Reference)).StartTalk(start.SpokenIn));
    }

    private static async Task<IResult> StartUnrecorded(ReferenceDto start, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(start.Reference)).StartUnrecorded());
    }

    private static async Task<IResult> Choose(ChoiceDto chosen, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.Booking(BookingId.Of(chosen.Reference)).ChooseWithoutCamera(chosen.Choice);
        return Results.NoContent();
    }

    private static async Task<IResult> Lengthen(LengthenDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(asked.Reference)).Lengthen(asked.Until) switch
        {
            LengthenOutcome.Lengthened lengthened => Results.Ok(new { lengthened.Until }),
            LengthenOutcome.InTheWay way => Problem.Refuse(way, "room-taken", new { detail = "Lengthen it less, or take the talk to another room.", way.Latest }),
            LengthenOutcome.NotTalking not => Problem.Refuse(not, "not-started", new { detail = "Book another time." }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Swap(SwapDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(asked.Reference)).SwapRoom(RoomId.Of(asked.Room)) switch
        {
            SwapOutcome.Swapped swapped => Results.Ok(new { room = swapped.Room.Value }),
            SwapOutcome.OtherKind kind => Problem.Refuse(kind, "other-kind-of-room", new { detail = "Choose a room of that kind, or assess anew.", kind.NeedsCamera }),
            SwapOutcome.NotFree not => Problem.Refuse(not, "room-taken", new { detail = "Choose one that is free.", free = not.Free.Select(room => room.Value) }),
            SwapOutcome.NoticesMissing notices => Problem.Refuse(notices, "notices-missing", new { detail = "Give what is missing, and try again.", notices.Missing }),
            SwapOutcome.CameraNotReady camera => Problem.Refuse(camera, "camera-not-ready", new
            {
                detail = "The recording goes on in the room that it was in.", camera = camera.Camera.Value, camera.Fault,
            }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Stop(ReferenceDto stop, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(stop.Reference)).StopTalk() switch
        {
            StopOutcome.Stopped stopped => Results.Ok(new { stopped.At, already = false }),
            StopOutcome.AlreadyStopped stopped => Results.Ok(new { stopped.At, already = true }),
            StopOutcome.NotStarted not => Problem.Refuse(not, "not-started", new { detail = "There is nothing to stop." }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static IResult Answer(StartOutcome outcome) => outcome switch
    {
        StartOutcome.Started started => Results.Ok(new { recording = started.Recording.ToString(), already = false }),
        StartOutcome.AlreadyStarted started => Results.Ok(new { recording = started.Recording.ToString(), already = true }),
        StartOutcome.NotRecorded not => Results.Ok(new { recording = (string?)null, already = false, not.Why }),
        StartOutcome.NoticesMissing notices => Problem.Refuse(notices, "notices-missing", new
        {
            detail = "Give what is missing and start again; without sticker or letter the talk can be held with recording off.", notices.Missing, notices.NeedsConfirmation,
        }),
        StartOutcome.ObjectionOpen open => Problem.Refuse(open, "objection-open", new { detail = "Let somebody else assess it anew, or hold the talk with recording off." }),
        StartOutcome.NothingInTheWay not => Problem.Refuse(not, "nothing-in-the-way", new { detail = "Start it with the spoken notice given." }),
        StartOutcome.CameraNotReady camera => Problem.Refuse(camera, "camera-not-ready", new
        {
            detail = "Choose: another camera room, a second official, the alarm button, or another time.",
            camera = camera.Camera.Value,
            camera.Fault,
            choices = Enum.GetValues<CameraOffChoice>(),
        }),
        StartOutcome.MayNotRecord barred => Problem.Refuse(barred, "may-not-record", new
        {
            detail = barred.Bar == RecordingBar.NoRegulation
                ? "Ask the secretary to activate a regulation. Until then the talk can be held with recording off."
                : "It is switched on by a new regulation alone. Until then the talk can be held with recording off.",
            barred.Bar,
        }),
        StartOutcome.ClockNotTrusted clock => Problem.Refuse(clock, "clock-not-trusted", new { detail = "Call the operator: the machine's clock must be set right first. The talk can be held with recording off." }),
        StartOutcome.NotNow time => Problem.Refuse(time, "not-now", new { detail = "Start it in its time.", time.From, time.Until }),
        StartOutcome.RoomInUse room => Problem.Refuse(room, "room-in-use", new { detail = "End the other talk first.", by = room.By.Value }),
        var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
    };
}

/// <summary>The start of a talk.</summary>
/// <param name="Reference">Of its booking.</param>
/// <param name="SpokenIn">The language in which the official has said aloud that the talk is recorded; null when it was not said. Cannot be said afterwards.</param>
internal sealed record StartDto(string Reference, Language? SpokenIn);

internal sealed record ChoiceDto(string Reference, CameraOffChoice Choice);

internal sealed record LengthenDto(string Reference, DateTimeOffset Until);

internal sealed record SwapDto(string Reference, string Room);
