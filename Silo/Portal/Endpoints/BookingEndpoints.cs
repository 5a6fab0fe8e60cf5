using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Silo.Portal.Edge;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>A talk as it is planned. Each deed may be repeated, as its grain says.</summary>
/// <remarks>A reference is the booking system's own and may hold slashes: it travels in body or query, never in the path.</remarks>
internal static class BookingEndpoints
{
    public static void MapBookings(this IEndpointRouteBuilder app)
    {
        var bookings = app.MapGroup("/bookings");
        bookings.MapGet("/", Read).AllowTo(Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer).WhileAway();
        bookings.MapPost("/", Book).AllowTo(Roles.Official);
        bookings.MapPost("/rebook", Rebook).AllowTo(Roles.Official);
        bookings.MapPost("/reassess", Reassess).AllowTo(Roles.Official);
        bookings.MapPost("/confirm", Confirm).AllowTo(Roles.Official);
        bookings.MapPost("/cancel", Cancel).AllowTo(Roles.Official);
        bookings.MapPost("/letter", RecordLetter).AllowTo(Roles.Official);
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
        return Answer(await grains.Booking(BookingId.Of(asked.Reference)).Book(asked.ToRequest()));
    }

    private static async Task<IResult> Rebook(RebookDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(asked.Reference)).Rebook(asked.Time.ToRange()));
    }

    private static async Task<IResult> Reassess(ReassessDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Booking(BookingId.Of(asked.Reference)).Reassess(asked.Assessment.ToAssessment()));
    }

    private static async Task<IResult> Confirm(ReferenceDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(asked.Reference)).ConfirmAssessment() switch
        {
            ConfirmOutcome.Confirmed { Confirmation: var confirmed } => Results.Ok(new { confirmed.By, confirmed.At }),
            ConfirmOutcome.OwnAssessment own => new Problem(StatusCodes.Status403Forbidden, "own-assessment", own.Refusal!, new { detail = "Somebody else confirms it." }),
            ConfirmOutcome.NotNeeded not => Problem.Refuse(not, "not-needed", new { detail = "There is nothing to confirm." }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Cancel(ReferenceDto asked, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.Booking(BookingId.Of(asked.Reference)).Cancel() switch
        {
            CancelOutcome.Cancelled cancelled => Results.Ok(new { cancelled.At }),
            CancelOutcome.Begun begun => Problem.Refuse(begun, "talk-begun", new { detail = "Stop the talk.", begun.At }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> RecordLetter(LetterDto letter, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.Booking(BookingId.Of(letter.Reference)).RecordLetter(new LetterNotice(letter.SentOn, letter.TextVersion, letter.Language));
        return Results.NoContent();
    }

    private static IResult Answer(BookOutcome outcome) => outcome switch
    {
        BookOutcome.Given given => Results.Ok(new { room = given.Room.Value }),
        BookOutcome.NoneFree none => Problem.Refuse(none, "no-room-free", new { detail = "Book one of the next free times, or assess anew.", nextFree = none.NextFree.Select(TimesDto.Of) }),
        var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
    };
}

internal sealed record BookDto(string Reference, TimesDto Time, AssessmentDto Assessment)
{
    public BookingRequest ToRequest() => new(Time.ToRange(), Assessment.ToAssessment());
}

internal sealed record ReferenceDto(string Reference);

internal sealed record RebookDto(string Reference, TimesDto Time);

internal sealed record ReassessDto(string Reference, AssessmentDto Assessment);

internal sealed record LetterDto(string Reference, DateOnly SentOn, string TextVersion, Language Language);

internal sealed record AssessmentDto(Risk Risk, ImmutableArray<RiskGround> Grounds, ImmutableArray<Alternative> Weighed)
{
    public RiskAssessment ToAssessment() => new(Risk, Grounds, Weighed);

    public static AssessmentDto Of(RiskAssessment assessment) => new(assessment.Risk, assessment.Grounds, assessment.Weighed);
}
