using System.Buffers.Text;
using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
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
        requests.MapGet("/", ReadOpen).AllowTo(Roles.Secretary | Roles.DataProtectionOfficer);
        requests.MapPut("/{request}", Ask).AllowTo(Roles.CameraAdministrator);
        requests.MapGet("/{request}", Read).AllowTo(Roles.CameraAdministrator | Roles.Secretary | Roles.DataProtectionOfficer);
        requests.MapGet("/{request}/draft", Draft).AllowTo(Roles.Secretary);
        requests.MapPost("/{request}/approve", Approve).AllowTo(Roles.Secretary).RequireFreshSignIn();
        requests.MapPost("/{request}/refuse", Refuse).AllowTo(Roles.Secretary).RequireFreshSignIn();
    }

    private static async Task<IEnumerable<AccessRequestDto>> ReadOpen(HttpContext http, IGrainFactory grains, SitePlan plan)
    {
        using var _ = http.CallAsUser();
        var open = await grains.TownHall(plan.Site).OpenRequests();
        var read = await Task.WhenAll(open.Select(request => grains.AccessRequest(request).Read()));

        // What has the least time left comes first: on day 13 it must not wait behind what came before it.
        return read.OrderBy(request => request.RecordingExpiresAt).Select(AccessRequestDto.Of);
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

    private static async Task<AccessRequestDto> Read(string request, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return AccessRequestDto.Of(await grains.AccessRequest(Ids.AccessRequest(request)).Read());
    }

    private static async Task<IResult> Draft(string request, HttpContext http, IGrainFactory grains, PortalAddress portal)
    {
        using var _ = http.CallAsUser();
        return await grains.AccessRequest(Ids.AccessRequest(request)).Draft() switch
        {
            DraftOutcome.Drawn { Statement: var statement } => Results.Ok(new
            {
                statement = StatementDto.Of(statement),
                text = statement.ToText(),
                options = new { challenge = Base64Url.EncodeToString(statement.ToChallenge()), rpId = portal.Name, userVerification = "required" },
            }),
            DraftOutcome.NothingToApprove { Decision: var decision } => Answer(decision),
            var other => throw new InvalidOperationException($"No answer is known for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> Approve(string request, ApprovalDto approval, HttpContext http, IGrainFactory grains, DemoOptions demo, DemoPasskey demoPasskey)
    {
        using var _ = http.CallAsUser();
        var statement = approval.Statement.ToStatement();

        // The people of the demo have no passkey in their hands.
        var signature = approval.Signature?.ToSignature()
            ?? (demo.SignIn ? demoPasskey.Sign(http.User.ToCaller().Subject, statement.ToChallenge()) : throw SignatureDto.Missing());
        return Answer(await grains.AccessRequest(Ids.AccessRequest(request)).Approve(new SignedGrant(statement, signature)));
    }

    private static async Task<IResult> Refuse(string request, RefusalDto refusal, HttpContext http, IGrainFactory grains)
    {
        using var _ = http.CallAsUser();
        return Answer(await grains.AccessRequest(Ids.AccessRequest(request)).Refuse(refusal.Reason));
    }

    // The first decision is the one that counts, and the one that is answered.
    private static IResult Answer(Decision decision) => decision switch
    {
        Decision.TooLate late => new Problem(StatusCodes.Status410Gone, "recording-gone", late.Refusal!, new { detail = "It can no longer be looked at by anybody." }),
        Decision.OwnRequest own => new Problem(StatusCodes.Status403Forbidden, "own-request", own.Refusal!, new { detail = "Somebody else decides on it." }),
        _ => Results.Ok(DecisionDto.Of(decision)),
    };
}

/// <summary>What a camera administrator asks to see, and why.</summary>
internal sealed record QuestionDto(string Recording, TimesDto Window, Purpose Purpose, string Case)
{
    public AccessQuestion ToQuestion() => new(Ids.Recording(Recording), Window.ToRange(), Purpose, new CaseReference(Case));
}

internal sealed record RefusalDto(RefusalReason Reason);

/// <summary>An approval: what a draft said, narrowed at will, and what the secretary's passkey answered to its challenge.</summary>
internal sealed record ApprovalDto(StatementDto Statement, SignatureDto? Signature = null);

/// <summary>What is signed; <see cref="GrantStatement"/> as JSON.</summary>
internal sealed record StatementDto(string Request, string Recording, string Person, TimesDto Window, int Viewings, DateTimeOffset ValidUntil, string By, DateTimeOffset At)
{
    public static StatementDto Of(GrantStatement statement) => new(
        statement.Request.ToString(), statement.Recording.ToString(), statement.Grant.Person, TimesDto.Of(statement.Grant.Window),
        statement.Grant.Viewings, statement.Grant.ValidUntil, statement.Grant.By, statement.Grant.At);

    public GrantStatement ToStatement() => new(
        Ids.AccessRequest(Request), Ids.Recording(Recording), new Grant(Person, Window.ToRange(), Viewings, ValidUntil, By, At));
}

/// <summary>The answer of a passkey, each field in base64url as browsers write it (WebAuthn, 5.5).</summary>
internal sealed record SignatureDto(string CredentialId, string AuthenticatorData, string ClientDataJSON, string Signature)
{
    public PasskeySignature ToSignature() => new(Bytes(CredentialId), Bytes(AuthenticatorData), Bytes(ClientDataJSON), Bytes(Signature));

    public static RecordingClusterException Missing() =>
        RecordingClusterException.Invalid("signature", "is missing.", "Let your passkey answer the challenge of the draft, and send what it answers.");

    private static ImmutableArray<byte> Bytes(string text) => Base64Url.IsValid(text)
        ? [.. Base64Url.DecodeFromChars(text)]
        : throw RecordingClusterException.Invalid("signature", "must have each of its fields in base64url.", "Send them as the browser's toJSON() writes them.");
}

internal sealed record AccessRequestDto(
    string Id, string Recording, TimesDto Window, Purpose Purpose, string Case, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset RecordingExpiresAt,
    DecisionDto? Decision, IEnumerable<ViewingDto> Viewings)
{
    public static AccessRequestDto Of(AccessRequestView request) => new(
        request.Id.ToString(),
        request.Question.Recording.ToString(),
        TimesDto.Of(request.Question.Window),
        request.Question.Purpose,
        request.Question.Case.Value,
        request.AskedBy,
        request.AskedAt,
        request.RecordingExpiresAt,
        request.Decision is { } decision ? DecisionDto.Of(decision) : null,
        request.Viewings.Select(viewing => new ViewingDto(viewing.Number, viewing.BegunAt, viewing.EndedAt, viewing.Watched.Select(TimesDto.Of))));
}

internal sealed record ViewingDto(int Number, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, IEnumerable<TimesDto> Watched);

/// <summary>What the secretary decided: <c>kind</c> is approved or refused, and the facts are those of that kind.</summary>
internal sealed record DecisionDto(string Kind, GrantDto? Grant, RefusalReason? Reason, string By, DateTimeOffset At)
{
    public static DecisionDto Of(Decision decision) => decision switch
    {
        Decision.Approved { Grant: var grant } => new DecisionDto(
            "approved", new GrantDto(grant.Person, TimesDto.Of(grant.Window), grant.Viewings, grant.ValidUntil), null, grant.By, grant.At),
        Decision.Refused refused => new DecisionDto("refused", null, refused.Reason, refused.By, refused.At),
        _ => throw new InvalidOperationException($"No answer is known for {decision.GetType().Name}."),
    };
}

internal sealed record GrantDto(string Person, TimesDto Window, int Viewings, DateTimeOffset ValidUntil);
