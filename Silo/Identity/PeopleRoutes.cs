using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Silo.Portal.Texts;

namespace RecordingCluster.Silo.Identity;

/// <summary>What the pages of people ask of the server, as JSON. Refusals are problem+json with a sentence for the page.</summary>
internal static class PeopleRoutes
{
    public const string SignInPath = "/sign-in";

    private const int LongestSubject = 64;

    public static void MapPeople(this IEndpointRouteBuilder app, DemoOptions demo)
    {
        var open = app.MapGroup("/people").AllowAnonymous().RequireRateLimiting(RequestRates.SignIn);
        open.MapPost("/enrol/options", EnrolOptions);
        open.MapPost("/enrol", Enrol);
        open.MapPost("/sign-in/options", SignInOptions);
        open.MapPost("/sign-in", SignIn);

        var own = app.MapGroup("/people/keys").AllowTo(RoleRules.OfPeople).RequireFreshSignIn();
        own.MapPost("/options", KeyOptions);
        own.MapPost("/", async (NewKey key, ClaimsPrincipal user, KeyDesk keys) => Answer(Label(key.Label) ?? await keys.Add(user.ToCaller(), key.Label, key.Credential)));
        own.MapPost("/withdraw", async (WithdrawnKey key, ClaimsPrincipal user, KeyDesk keys) => Answer(await keys.Withdraw(user.ToCaller(), key.Key)));

        app.MapPost("/people/sign-out-everywhere", async (ClaimsPrincipal user, KeyDesk keys) => Answer(await keys.EndSessions(user.ToCaller()))).AllowTo(RoleRules.OfPeople);
        app.MapPost("/people/proposals", Propose).AllowTo(PeopleRules.Proposers).RequireFreshSignIn();

        var decisions = app.MapGroup("/people/proposals/{id:guid}").AllowTo(PeopleRules.Confirmers).RequireFreshSignIn();
        decisions.MapPost("/confirm", Confirm);
        decisions.MapPost("/refuse", async (Guid id, ClaimsPrincipal user, PeopleDesk desk) => Answer(await desk.Refuse(user.ToCaller(), id)));

        app.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOut();
            return Results.LocalRedirect(SignInPath);
        }).AllowTo(RoleRules.OfPeople);

        if (demo.SignIn)
        {
            app.MapPost("/demo/sign-in/{subject}", DemoSignIn).AllowAnonymous().RequireRateLimiting(RequestRates.SignIn);
        }
    }

    private static async Task<IResult> EnrolOptions(LinkShown link, KeyDesk keys) =>
        await keys.InvitedOptions(link.Token, link.Code) is { } options ? Json(options) : Answer(PeopleRefusal.LinkNotRight);

    private static async Task<IResult> Enrol(Enrolment enrolment, KeyDesk keys) =>
        Answer(Label(enrolment.Label) ?? await keys.Enrol(enrolment.Token, enrolment.Code, enrolment.Label, enrolment.Credential));

    // Whoever is signed in and must show the passkey anew.
    private static async Task<IResult> SignInOptions(HttpContext http, KeyDesk keys, DemoHands hands)
    {
        var subject = http.User.Identity?.IsAuthenticated == true ? http.User.ToCaller().Subject : null;
        return await hands.AreEmpty(subject) ? Results.Json(new { demo = $"/demo/sign-in/{subject}" }) : Json(await keys.RequestOptions());
    }

    private static async Task<IResult> SignIn(KeyShown shown, HttpContext http, KeyDesk keys)
    {
        if (await keys.SignIn(shown.Credential) is not { } person)
        {
            return Answer(PeopleRefusal.KeyNotRight);
        }

        await http.SignIn(person);
        return Results.NoContent();
    }

    private static async Task<IResult> KeyOptions(ClaimsPrincipal user, PeopleBook book, KeyDesk keys) =>
        await book.Find(user.ToCaller().Subject) is { } person ? Json(await keys.CreationOptions(person)) : Answer(PeopleRefusal.NoSuchPerson);

    private static async Task<IResult> Propose(ProposedChange proposed, ClaimsPrincipal user, PeopleDesk desk)
    {
        if (proposed.ToChange() is not { } change)
        {
            return Answer(PeopleRefusal.NoSuchPerson);
        }

        var (refusal, code) = await desk.Propose(user.ToCaller(), change);
        return refusal is null ? Results.Json(new { code }) : Answer(refusal);
    }

    private static async Task<IResult> Confirm(Guid id, ClaimsPrincipal user, PeopleDesk desk, PortalAddress portal)
    {
        var (refusal, token) = await desk.Confirm(user.ToCaller(), id);
        return refusal is null ? Results.Json(new { link = token is null ? null : portal.EnrolmentLink(token) }) : Answer(refusal);
    }

    private static async Task<IResult> DemoSignIn(string subject, HttpContext http, PeopleBook book)
    {
        if (DemoPeople.Find(subject) is null || await book.Find(subject) is not { Active: true } person)
        {
            return Results.NotFound();
        }

        await http.SignIn(person);
        return Results.LocalRedirect("/");
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");

    private static PeopleRefusal? Label(string label) => WorkLabel.IsRight(label) ? null : PeopleRefusal.LabelNotRight;

    private static IResult Answer(PeopleRefusal? refusal) => refusal is { } reason
        ? new Refused(reason)
        : Results.Json(new { });

    private static int StatusOf(PeopleRefusal refusal) => refusal switch
    {
        PeopleRefusal.NoSuchRole or PeopleRefusal.LabelNotRight => StatusCodes.Status400BadRequest,
        PeopleRefusal.NotAllowed or PeopleRefusal.Oneself or PeopleRefusal.SamePerson or PeopleRefusal.KeyNotRight => StatusCodes.Status403Forbidden,
        PeopleRefusal.NoSuchProposal or PeopleRefusal.NoSuchPerson or PeopleRefusal.NoSuchKey => StatusCodes.Status404NotFound,
        PeopleRefusal.LinkNotRight or PeopleRefusal.Expired => StatusCodes.Status410Gone,
        _ => StatusCodes.Status409Conflict,
    };

    // Said in the language of who asked.
    private sealed class Refused(PeopleRefusal reason) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var detail = PeopleText.Of(reason, httpContext.RequestServices.GetRequiredService<IStringLocalizer<PortalText>>());
            return new Problem(StatusOf(reason), JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()), reason.ToString(), new { detail }).ExecuteAsync(httpContext);
        }
    }

    private sealed record LinkShown(string Token, string? Code = null);

    private sealed record Enrolment(string Token, string Label, string Credential, string? Code = null);

    private sealed record KeyShown(string Credential);

    private sealed record NewKey(string Label, string Credential);

    private sealed record WithdrawnKey(string Key);

    private sealed record ProposedChange(string Kind, string? Subject = null, string? Role = null, string? Label = null, string? Key = null)
    {
        /// <summary>Null for what is no change at all. What it says is judged by the rules.</summary>
        public PeopleChange? ToChange()
        {
            var subject = Subject is { Length: > 0 and <= LongestSubject } && Subject.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? Subject : null;
            var role = Enum.TryParse<Roles>(Role, out var known) ? known : Roles.None;
            return Kind switch
            {
                "new-person" => new PeopleChange.NewPerson(Label ?? "", role),
                "give-role" when subject is not null => new PeopleChange.GiveRole(subject, role),
                "take-role" when subject is not null => new PeopleChange.TakeRole(subject, role),
                "withdraw-key" when subject is not null => new PeopleChange.WithdrawKey(subject, Key ?? ""),
                "new-link" when subject is not null => new PeopleChange.NewLink(subject),
                "deactivate" when subject is not null => new PeopleChange.Deactivate(subject),
                _ => null,
            };
        }
    }
}
