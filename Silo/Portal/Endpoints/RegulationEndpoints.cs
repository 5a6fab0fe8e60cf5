using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Publishing;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The regulation, from its draft to its day (R17). Each deed may be repeated, as its grain says.</summary>
internal static class RegulationEndpoints
{
    public static void MapRegulation(this IEndpointRouteBuilder app)
    {
        var regulation = app.MapGroup("/regulation");
        regulation.MapGet("/", ReadInForce).AllowTo(RoleRules.OfPeople);
        regulation.MapGet("/versions", ReadVersions).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        regulation.MapGet("/compare", Compare).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        regulation.MapGet("/model", ReadModel).AllowTo(Roles.Secretary);
        regulation.MapGet("/notices", ReadNotices).AllowTo(RoleRules.OfPeople);
        regulation.MapGet("/switch-offs", ReadSwitchOffs).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        regulation.MapPost("/switch-offs", SwitchOff).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        regulation.MapGet("/amendments", ReadAmendments).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        regulation.MapPut("/amendments/{amendment}", RequestAmendment).AllowTo(Roles.DataProtectionOfficer);
        regulation.MapGet("/public.json", ReadPageJson).AllowAnonymous();
        var version = regulation.MapGroup("/versions/{version}");
        version.MapPut("/", Draft).AllowTo(Roles.Secretary);
        version.MapPost("/model", DraftModel).AllowTo(Roles.Secretary);
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

    private static async Task<object> Compare(string? from, string? to, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var diff = await grains.Regulation(plan.Site).Compare(RegulationVersionId.Of(from), RegulationVersionId.Of(to));
        return new { articles = diff.Articles.Select(article => new { id = article.Id.Value, article.Dutch, article.English }), diff.Terms };
    }

    private static ContentDto ReadModel() => ContentDto.Of(ModelRegulation.Read());

    private static async Task<IResult> ReadNotices(string? language, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var asked = language switch
        {
            null or "nl" => Language.Dutch,
            "en" => Language.English,
            _ => throw RecordingClusterException.Invalid("language", "must be nl or en.", "Leave it out for nl."),
        };
        return await grains.Regulation(plan.Site).Notices(asked) is { } notices ? Results.Ok(notices) : Problem.NotFound;
    }

    private static async Task<IEnumerable<SwitchOff>> ReadSwitchOffs(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return await grains.Regulation(plan.Site).SwitchOffs();
    }

    private static async Task<SwitchOff> SwitchOff(SwitchOffDto decision, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return await grains.Regulation(plan.Site).SwitchOff(decision.What, decision.Reason);
    }

    private static async Task<IEnumerable<AmendmentDto>> ReadAmendments(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return (await grains.Regulation(plan.Site).Amendments()).Select(AmendmentDto.Of);
    }

    private static async Task<AmendmentDto> RequestAmendment(string amendment, AmendDto asked, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return AmendmentDto.Of(await grains.Regulation(plan.Site).RequestAmendment(
            Ids.Amendment(amendment), [.. asked.Articles.Select(ArticleId.Of)], new DocumentReference(asked.Document)));
    }

    // Open to anyone, as the page beside it: it is what the website shows, and names nobody.
    private static async Task<IResult> ReadPageJson(IGrainFactory grains, SiloCalls silo, SitePlan plan)
    {
        using var _ = silo.Begin();
        return await grains.Regulation(plan.Site).Publication() is { } page ? Results.Text(page.Json, "application/json; charset=utf-8") : Problem.NotFound;
    }

    private static async Task<IResult> DraftModel(string version, HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.Regulation(plan.Site).Draft(RegulationVersionId.Of(version), ModelRegulation.Read()));
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
