using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Objections (R5): two taps to put one in, and the new assessment by somebody else. Who objects is never asked.</summary>
internal static class ObjectionEndpoints
{
    public static void MapObjections(this IEndpointRouteBuilder app)
    {
        var objections = app.MapGroup("/bookings/objections").AllowTo(Roles.Official);
        objections.MapPost("/", Object);
        objections.MapPost("/uphold", Uphold);
        objections.MapPost("/reject", Reject);
    }

    private static async Task<IResult> Object(ObjectDto put, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(put.Reference)).RecordObjection(put.Kind) switch
        {
            ObjectOutcome.Open { Objection: var objection } => Results.Ok(ObjectionDto.Of(objection)),
            ObjectOutcome.NothingRecorded nothing => Problem.Refuse(nothing, "nothing-recorded", new { detail = "There is nothing to object to." }),
            ObjectOutcome.Gone gone => new Problem(StatusCodes.Status410Gone, "recording-gone", gone.Refusal!, new { detail = "It can no longer be looked at by anybody.", gone.Certificate }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Uphold(UpholdDto decided, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(decided.Reference)).UpholdObjection(decided.Number));
    }

    private static async Task<IResult> Reject(RejectDto decided, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(decided.Reference)).RejectObjection(decided.Number, decided.Reason));
    }

    // The first decision is the one that counts, and the one that is answered.
    private static IResult Answer(ObjectionOutcome outcome) => outcome switch
    {
        ObjectionOutcome.Upheld upheld => Results.Ok(new
        {
            objection = ObjectionDto.Of(upheld.Objection), upheld.Certificate, roomsWithoutCamera = upheld.RoomsWithoutCamera.Select(room => room.Value),
        }),
        ObjectionOutcome.Rejected rejected => Results.Ok(new { objection = ObjectionDto.Of(rejected.Objection) }),
        ObjectionOutcome.NotByYou not => new Problem(StatusCodes.Status403Forbidden, "not-by-you", not.Refusal!, new { detail = "Somebody else assesses it anew." }),
        var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
    };
}

internal sealed record ObjectDto(string Reference, ObjectionKind Kind);

internal sealed record UpholdDto(string Reference, int Number);

internal sealed record RejectDto(string Reference, int Number, RejectionReason Reason);

/// <summary>An objection: <c>decision</c> is open, upheld or rejected.</summary>
internal sealed record ObjectionDto(int Number, ObjectionKind Kind, ObjectionMoment Moment, DateTimeOffset At, string Decision, RejectionReason? Reason, string? By, DateTimeOffset? DecidedAt)
{
    public static ObjectionDto Of(Objection objection)
    {
        var (decision, reason, by, at) = objection.Decision switch
        {
            null => ("open", (RejectionReason?)null, (string?)null, (DateTimeOffset?)null),
            ObjectionDecision.Upheld upheld => ("upheld", null, upheld.By, upheld.At),
            ObjectionDecision.Rejected rejected => ("rejected", rejected.Reason, rejected.By, rejected.At),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
        return new(objection.Number, objection.Kind, objection.Moment, objection.At, decision, reason, by, at);
    }
}
