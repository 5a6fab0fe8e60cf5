using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>Asking to look, and deciding on it (R12). What an administrator did not ask oneself is not found.</summary>
internal static class AccessRequestEndpoints
{
    public static void MapAccessRequests(this IEndpointRouteBuilder app)
    {
        var requests = app.MapGroup("/access-requests");
        requests.MapGet("/", ReadOpen).AllowTo(RoleRules.Deciders | Roles.DataProtectionOfficer);
        requests.MapGet("/own", ReadOwn).AllowTo(Roles.CameraAdministrator);
        requests.MapPut("/{request}", Ask).AllowTo(Roles.CameraAdministrator);
        requests.MapGet("/{request}", Read).AllowTo(RoleRules.Deciders | Roles.CameraAdministrator | Roles.DataProtectionOfficer);
        requests.MapGet("/{request}/draft", Draft).AllowTo(RoleRules.Deciders);
        requests.MapPost("/{request}/approve", Approve).AllowTo(RoleRules.Deciders).RequireFreshSignIn();
        requests.MapPost("/{request}/refuse", Refuse).AllowTo(RoleRules.Deciders).RequireFreshSignIn();
        requests.MapPost("/{request}/ask-back", AskBack).AllowTo(RoleRules.Deciders);
        requests.MapPost("/{request}/answer", AnswerBack).AllowTo(Roles.CameraAdministrator);
        requests.MapPost("/{request}/retract", Retract).AllowTo(Roles.CameraAdministrator);
        requests.MapPost("/{request}/stand-aside", StandAside).AllowTo(RoleRules.Deciders);
        requests.MapPost("/{request}/withdraw", Withdraw).AllowTo(RoleRules.Deciders | Roles.DataProtectionOfficer);
    }

    private static async Task<IEnumerable<AccessRequestDto>> ReadOpen(HttpContext http, IGrainFactory grains, SitePlan plan, TimeProvider clock)
    {
        using var _ = http.CallAsUser();
        var open = (await grains.TownHall(plan.Site).Requests()).Where(request => request.IsOpen);
        return (await Task.WhenAll(open.Select(request => grains.AccessRequest(request.Id).Read()))).Select(request => AccessRequestDto.Of(request, clock.GetUtcNow()));
    }

    private static async Task<IEnumerable<AccessRequestDto>> ReadOwn(HttpContext http, IGrainFactory grains, SitePlan plan, TimeProvider clock)
    {
        using var _ = http.CallAsUser();
        var own = await grains.TownHall(plan.Site).Requests();
        return (await Task.WhenAll(own.Select(request => grains.AccessRequest(request.Id).Read()))).Select(request => AccessRequestDto.Of(request, clock.GetUtcNow()));
    }

    private static async Task<IResult> Ask(string request, QuestionDto question, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        var id = Ids.AccessRequest(request);
        return await grains.AccessRequest(id).Ask(question.ToQuestion()) switch
        {
            AskOutcome.Asked => Results.Ok(new { id = id.ToString() }),
            AskOutcome.Gone gone => new Problem(
                StatusCodes.Status410Gone, "recording-gone", gone.Refusal!, new { detail = "It can no longer be looked at by anybody.", gone.Certificate }),
            AskOutcome.StillRecording still => new Problem(StatusCodes.Status409Conflict, "still-recording", still.Refusal!, new { detail = "Ask when it is over." }),
            AskOutcome.OutsideRecording outside => new Problem(
                StatusCodes.Status409Conflict, "outside-recording", outside.Refusal!, new { detail = "Ask for a window in it.", recorded = TimesDto.Of(outside.Recorded) }),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<AccessRequestDto> Read(string request, HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        using var _ = http.CallAsUser();
        return AccessRequestDto.Of(await grains.AccessRequest(Ids.AccessRequest(request)).Read(), clock.GetUtcNow());
    }

    private static async Task<IResult> Draft(string request, DateTimeOffset? from, DateTimeOffset? until, HttpContext http, IGrainFactory grains, PortalAddress portal, DemoHands hands)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).Draft() switch
        {
            DraftOutcome.Drawn { Statement: var drawn } => Results.Ok(await Drawn(Narrowed(drawn, from, until), portal, http.User.ToCaller(), hands)),
            DraftOutcome.NothingToApprove { Decision: var decision } => Answer(decision),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<object> Drawn(GrantStatement statement, PortalAddress portal, Caller caller, DemoHands hands) => new
    {
        statement = StatementDto.Of(statement),
        text = statement.ToText(),
        options = await SignatureDto.Options(statement.ToChallenge(), portal, caller, hands),
    };

    // What is signed is the narrower window itself. That it lies within what was asked is judged when it is handed in.
    private static GrantStatement Narrowed(GrantStatement drawn, DateTimeOffset? from, DateTimeOffset? until)
    {
        var window = drawn.Grant.Window;
        return drawn with { Grant = drawn.Grant with { Window = new TimeRange(from?.ToUniversalTime() ?? window.From, until?.ToUniversalTime() ?? window.Until) } };
    }

    private static async Task<IResult> Approve(string request, ApprovalDto approval, HttpContext http, IGrainFactory grains, DemoOptions demo, DemoPasskey demoPasskey)
    {
        using var _ = http.CallAsUser();
        var statement = approval.Statement.ToStatement();
        var signature = SignatureDto.Read(approval.Signature, statement.ToChallenge(), http.User.ToCaller(), demo, demoPasskey);
        return Answer(await grains.AccessRequest(Ids.AccessRequest(request)).Approve(new SignedGrant(statement, signature)));
    }

    private static async Task<IResult> Refuse(string request, RefusalDto refusal, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.AccessRequest(Ids.AccessRequest(request)).Refuse(refusal.Reason));
    }

    private static async Task<IResult> AskBack(string request, QuestionBackDto question, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).AskBack(question.Question) switch
        {
            AskBackOutcome.Put => Results.NoContent(),
            AskBackOutcome.Closed { Decision: var decision } => Answer(decision),
            AskBackOutcome.Waiting { Question: var open } waiting => new Problem(
                StatusCodes.Status409Conflict, "question-waiting", waiting.Refusal!, new { detail = "Wait for its answer, or decide.", waiting = open }),
            var enough => new Problem(StatusCodes.Status409Conflict, "asked-enough", enough.Refusal!, new { detail = "Approve, narrow or refuse." }),
        };
    }

    private static async Task<IResult> AnswerBack(string request, AnswerBackDto answer, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).Answer(new BackReply(answer.Answer, answer.Window?.ToRange())) switch
        {
            AnswerOutcome.Answered => Results.NoContent(),
            AnswerOutcome.Closed { Decision: var decision } => Answer(decision),
            var nothing => new Problem(StatusCodes.Status409Conflict, "no-question", nothing.Refusal!, new { detail = "Load the request again." }),
        };
    }

    private static async Task<IResult> Retract(string request, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.AccessRequest(Ids.AccessRequest(request)).Retract());
    }

    private static async Task<IResult> StandAside(string request, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        await grains.AccessRequest(Ids.AccessRequest(request)).StandAside();
        return Results.NoContent();
    }

    private static async Task<IResult> Withdraw(string request, WithdrawalDto withdrawal, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).Withdraw(withdrawal.Reason) switch
        {
            WithdrawOutcome.Done { Decision: var decision } => Answer(decision),
            WithdrawOutcome.NotToday => Answer(new Decision.NotToday()),
            var nothing => new Problem(StatusCodes.Status409Conflict, "no-grant", nothing.Refusal!, new { detail = "Load the request again." }),
        };
    }

    // The first decision is the one that counts, and the one that is answered.
    private static IResult Answer(Decision decision) => decision switch
    {
        Decision.TooLate late => new Problem(StatusCodes.Status410Gone, "recording-gone", late.Refusal!, new { detail = "It can no longer be looked at by anybody." }),
        Decision.OwnRequest own => new Problem(StatusCodes.Status403Forbidden, "own-request", own.Refusal!, new { detail = "Somebody else decides on it." }),
        Decision.NotToday not => new Problem(StatusCodes.Status403Forbidden, "deputy-not-today", not.Refusal!, new { detail = "The secretary appoints deputies, day by day." }),
        Decision.StoodAside aside => new Problem(StatusCodes.Status403Forbidden, "stood-aside", aside.Refusal!, new { detail = "Somebody else decides on it." }),
        _ => Results.Ok(DecisionDto.Of(decision)),
    };
}
