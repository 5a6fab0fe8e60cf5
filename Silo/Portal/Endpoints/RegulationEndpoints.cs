using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The regulation, from its draft to its day (R17). Each deed may be repeated, as its grain says.</summary>
internal static class RegulationEndpoints
{
    public static void MapRegulation(this IEndpointRouteBuilder app)
    {
        var regulation = app.MapGroup("/regulation");
        regulation.MapGet("/", ReadInForce).AllowTo(RoleRules.OfPeople);
        regulation.MapGet("/versions", ReadVersions).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        var version = regulation.MapGroup("/versions/{version}");
        version.MapPut("/", Draft).AllowTo(Roles.Secretary);
        version.MapPost("/advice", Advise).AllowTo(Roles.DataProtectionOfficer);
        version.MapPost("/consent", RecordConsent).AllowTo(Roles.Secretary);
        version.MapPost("/activate", Activate).AllowTo(Roles.Secretary).RequireFreshSignIn();
        version.MapPost("/withdraw", Withdraw).AllowTo(Roles.Secretary);
    }

    private static async Task<IResult> ReadInForce(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return await grains.Regulation(plan.Site).InForce() is { } regulation
            ? Results.Ok(new { version = regulation.Version.Value, regulation.Since, regulation.Terms })
            : Problem.NotFound;
    }

    private static async Task<IEnumerable<VersionDto>> ReadVersions(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return (await grains.Regulation(plan.Site).Versions()).Select(VersionDto.Of);
    }

    private static async Task<IResult> Draft(string version, ContentDto content, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).Draft(RegulationVersionId.Of(version), content.ToContent()));
    }

    private static async Task<IResult> Advise(string version, AdviceDto advice, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).Advise(RegulationVersionId.Of(version), advice.Kind, new DocumentReference(advice.Document)));
    }

    private static async Task<IResult> RecordConsent(string version, ConsentDto consent, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).RecordConsent(RegulationVersionId.Of(version), consent.On, new DocumentReference(consent.Document)));
    }

    private static async Task<IResult> Activate(string version, ActivateDto activate, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).Activate(RegulationVersionId.Of(version), activate.From));
    }

    private static async Task<IResult> Withdraw(string version, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).Withdraw(RegulationVersionId.Of(version)));
    }

    private static IResult Answer(VersionOutcome outcome) => outcome switch
    {
        VersionOutcome.Taken taken => Results.Ok(new { taken.Stage }),
        VersionOutcome.Missing missing => new Problem(
            StatusCodes.Status409Conflict, "regulation-incomplete", missing.Refusal!, new { detail = "Provide what is missing, in this order, and try again.", missing.Needs }),
        VersionOutcome.Settled settled => new Problem(
            StatusCodes.Status409Conflict, "regulation-settled", settled.Refusal!, new { detail = "It does not change any more. Draft another version.", settled.Stage }),
        var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
    };
}
