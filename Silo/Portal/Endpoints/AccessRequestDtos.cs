using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>What a camera administrator asks to see, and why.</summary>
internal sealed record QuestionDto(string Recording, TimesDto Window, Purpose Purpose, string Case)
{
    public AccessQuestion ToQuestion() => new(Ids.Recording(Recording), Window.ToRange(), Purpose, new CaseReference(Case));
}

internal sealed record RefusalDto(RefusalReason Reason);

internal sealed record QuestionBackDto(BackQuestion Question);

internal sealed record AnswerBackDto(BackAnswer Answer, TimesDto? Window = null);

internal sealed record WithdrawalDto(WithdrawalReason Reason);

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

internal sealed record AccessRequestDto(
    string Id, string Recording, TimesDto Window, Purpose Purpose, string Case, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset RecordingExpiresAt, double SecondsLeft,
    IEnumerable<ExchangeDto> Exchanges, IEnumerable<string> StoodAside, DecisionDto? Decision, IEnumerable<ViewingDto> Viewings)
{
    public static AccessRequestDto Of(AccessRequestView request, DateTimeOffset now) => new(
        request.Id.ToString(),
        request.Question.Recording.ToString(),
        TimesDto.Of(request.Window),
        request.Question.Purpose,
        request.Question.Case.Value,
        request.AskedBy,
        request.AskedAt,
        request.RecordingExpiresAt,
        Math.Max(0, (request.RecordingExpiresAt - now).TotalSeconds),
        request.Exchanges.Select(exchange => new ExchangeDto(
            exchange.Question, exchange.By, exchange.At, exchange.Reply?.Answer, exchange.Reply?.Window is { } window ? TimesDto.Of(window) : null)),
        request.StoodAside,
        request.Decision is { } decision ? DecisionDto.Of(decision) : null,
        request.Viewings.Select(viewing => new ViewingDto(viewing.Number, viewing.BegunAt, viewing.EndedAt, viewing.Watched.Select(TimesDto.Of))));
}

internal sealed record ExchangeDto(BackQuestion Question, string By, DateTimeOffset At, BackAnswer? Answer, TimesDto? Window);

internal sealed record ViewingDto(int Number, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, IEnumerable<TimesDto> Watched);

/// <summary>What became of a request: <c>kind</c> is approved, refused, withdrawn, retracted or lapsed, and the facts are those of that kind.</summary>
internal sealed record DecisionDto(string Kind, DateTimeOffset At, GrantDto? Grant = null, RefusalReason? Reason = null, WithdrawalReason? Withdrawal = null, string? By = null)
{
    public static DecisionDto Of(Decision decision) => decision switch
    {
        Decision.Approved { Grant: var grant } => new DecisionDto("approved", grant.At, GrantDto.Of(grant), By: grant.By),
        Decision.Refused refused => new DecisionDto("refused", refused.At, Reason: refused.Reason, By: refused.By),
        Decision.Withdrawn withdrawn => new DecisionDto("withdrawn", withdrawn.At, GrantDto.Of(withdrawn.SignedGrant.Statement.Grant), Withdrawal: withdrawn.Reason, By: withdrawn.By),
        Decision.Retracted retracted => new DecisionDto("retracted", retracted.At),
        Decision.Lapsed lapsed => new DecisionDto("lapsed", lapsed.At),
        _ => throw new InvalidOperationException($"No answer is known for {decision.GetType().Name}."),
    };
}

internal sealed record GrantDto(string Person, TimesDto Window, int Viewings, DateTimeOffset ValidUntil)
{
    public static GrantDto Of(Grant grant) => new(grant.Person, TimesDto.Of(grant.Window), grant.Viewings, grant.ValidUntil);
}
