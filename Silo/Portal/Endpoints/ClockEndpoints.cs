using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The clock of this silo's machine, and the word of somebody that it is right (R11).</summary>
/// <remarks>
/// By accepting a clock that is ahead, what it says has passed is erased. So it is not for the operator, who sets the
/// clock: it takes the two of them.
/// </remarks>
internal static class ClockEndpoints
{
    public static void MapClock(this IEndpointRouteBuilder app)
    {
        var route = app.MapGroup("/clock");
        route.MapGet("/", Read).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer | Roles.Operator);
        route.MapPost("/accept", Accept).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer).RequireFreshSignIn();
    }

    private static ClockDto Read(SteadyClock clock) => ClockDto.Of(clock.Read());

    private static async Task<ClockDto> Accept(HttpContext http, SteadyClock clock, PeopleTrail trail)
    {
        var (actor, subject, before) = (http.User.ToCaller().ToString(), $"silo/{Environment.MachineName}", clock.Read());
        var opening = await trail.Note(actor, "clock/accept", subject, AuditResult.Opened, before);
        clock.Accept();
        await trail.Note(actor, "clock/accept", subject, AuditResult.Done, before, opening);
        return ClockDto.Of(clock.Read());
    }
}

/// <summary>What the machine's clock says, what it should say, and whether they agree.</summary>
internal sealed record ClockDto(DateTimeOffset Wall, DateTimeOffset Counted, bool IsTrusted)
{
    public static ClockDto Of(ClockReading reading) => new(reading.Wall, reading.Counted, reading.IsTrusted);
}
