using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Who decides in the secretary's place, on which days (R12).</summary>
internal static class DeputyEndpoints
{
    public static void MapDeputies(this IEndpointRouteBuilder app)
    {
        var deputies = app.MapGroup("/deputies");
        deputies.MapGet("/appointments", Read).AllowTo(RoleRules.Deciders | Roles.DataProtectionOfficer);
        deputies.MapPost("/appointments/draft", Draft).AllowTo(Roles.Secretary);
        deputies.MapPost("/appointments", Appoint).AllowTo(Roles.Secretary).RequireFreshSignIn();
        deputies.MapPost("/appointments/{appointment}/withdraw", Withdraw).AllowTo(Roles.Secretary);
    }

    private static async Task<IEnumerable<AppointmentDto>> Read(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return (await grains.Deputies(plan.Site).Read()).Select(view => AppointmentDto.Of(view.Appointment, view.WithdrawnAt));
    }

    private static async Task<IResult> Draft(WishDto wish, HttpContext http, IGrainFactory grains, SitePlan plan, PortalAddress portal, DemoHands hands)
    {
        using var _ = http.CallAsUser();
        var drawn = await grains.Deputies(plan.Site).Draft(new AppointmentWish(wish.Deputy, new DeputyDays(wish.From, wish.Until)));
        return Results.Ok(new { appointment = AppointmentDto.Of(drawn), text = drawn.ToText(), options = await SignatureDto.Options(drawn.ToChallenge(), portal, http.User.ToCaller(), hands) });
    }

    private static async Task<IResult> Appoint(AppointDto appoint, HttpContext http, IGrainFactory grains, SitePlan plan, DemoOptions demo, DemoPasskey demoPasskey)
    {
        using var _ = http.CallAsUser();
        var appointment = appoint.Appointment.ToAppointment();
        var signature = SignatureDto.Read(appoint.Signature, appointment.ToChallenge(), http.User.ToCaller(), demo, demoPasskey);
        return await grains.Deputies(plan.Site).Appoint(new SignedAppointment(appointment, signature)) switch
        {
            AppointOutcome.Appointed appointed => Results.Ok(AppointmentDto.Of(appointed.Appointment)),
            var not => new Problem(StatusCodes.Status409Conflict, "not-appointed", not.Refusal!, new { detail = "Choose a person with the role of deputy, and sign with your own passkey." }),
        };
    }

    private static async Task<IResult> Withdraw(string appointment, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        await grains.Deputies(plan.Site).Withdraw(Ids.Appointment(appointment));
        return Results.NoContent();
    }
}

/// <summary>Whom to appoint; days are those of the town hall, both included.</summary>
internal sealed record WishDto(string Deputy, DateOnly From, DateOnly Until);

/// <summary>What a draft said, and what the secretary's passkey answered to its challenge.</summary>
internal sealed record AppointDto(AppointmentDto Appointment, SignatureDto? Signature = null);

internal sealed record AppointmentDto(string Id, string Deputy, DateOnly From, DateOnly Until, string By, DateTimeOffset At, DateTimeOffset? WithdrawnAt = null)
{
    public static AppointmentDto Of(Appointment appointment, DateTimeOffset? withdrawnAt = null) => new(
        appointment.Id.ToString(), appointment.Deputy, appointment.Days.From, appointment.Days.Until, appointment.By, appointment.At, withdrawnAt);

    public Appointment ToAppointment() => new(Ids.Appointment(Id), Deputy, new DeputyDays(From, Until), By, At);
}
