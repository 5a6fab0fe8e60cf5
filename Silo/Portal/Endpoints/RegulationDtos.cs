using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>All that a version says; <see cref="RegulationContent"/> as JSON.</summary>
internal sealed record ContentDto(ImmutableArray<ArticleDto> Articles, RegulationTerms Terms, string? Dpia = null, ImmutableArray<string>? Meets = null)
{
    public RegulationContent ToContent() => new(
        [.. Articles.Select(article => article.ToArticle())], Terms, Dpia is null ? null : new DocumentReference(Dpia), [.. (Meets ?? []).Select(Ids.Amendment)]);

    public static ContentDto Of(RegulationContent content) => new(
        [.. content.Articles.Select(ArticleDto.Of)], content.Terms, content.Dpia?.Value, [.. content.Meets.Select(amendment => amendment.ToString())]);
}

internal sealed record ArticleDto(string Id, LocalText Title, LocalText Text)
{
    public Article ToArticle() => new(ArticleId.Of(Id), Title, Text);

    public static ArticleDto Of(Article article) => new(article.Id.Value, article.Title, article.Text);
}

internal sealed record AdviceDto(AdviceKind Kind, string Document);

internal sealed record ConsentDto(DateOnly On, string Document);

/// <summary>The decision to activate.</summary>
/// <param name="From">From when on; left out for at once.</param>
internal sealed record ActivateDto(DateTimeOffset? From = null);

internal sealed record VersionDto(
    string Id, VersionStage Stage, ContentDto Content, string DraftedBy, DateTimeOffset DraftedAt, GivenAdviceDto? Advice, GivenConsentDto? Consent, ActivationDto? Activation)
{
    public static VersionDto Of(RegulationVersionView version) => new(
        version.Id.Value,
        version.Stage,
        ContentDto.Of(version.Content),
        version.DraftedBy,
        version.DraftedAt,
        version.Advice is { } advice ? new GivenAdviceDto(advice.Kind, advice.Document.Value, advice.By, advice.At) : null,
        version.Consent is { } consent ? new GivenConsentDto(consent.On, consent.Document.Value, consent.RecordedBy, consent.RecordedAt) : null,
        version.Activation is { } activation ? new ActivationDto(activation.From, activation.By, activation.DecidedAt) : null);
}

internal sealed record GivenAdviceDto(AdviceKind Kind, string Document, string By, DateTimeOffset At);

internal sealed record GivenConsentDto(DateOnly On, string Document, string RecordedBy, DateTimeOffset RecordedAt);

internal sealed record ActivationDto(DateTimeOffset From, string By, DateTimeOffset DecidedAt);

internal sealed record SwitchOffDto(Switchable What, SwitchOffReason Reason);

internal sealed record AmendDto(ImmutableArray<string> Articles, string Document);

internal sealed record AmendmentDto(string Id, IEnumerable<string> Articles, string Document, string AskedBy, DateOnly AskedOn, DateOnly DueOn, AmendmentStanding Standing)
{
    public static AmendmentDto Of(Amendment amendment) => new(
        amendment.Id.ToString(), amendment.Articles.Select(article => article.Value), amendment.Document.Value, amendment.AskedBy, amendment.AskedOn, amendment.DueOn, amendment.Standing);
}
