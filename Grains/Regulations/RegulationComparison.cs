using System.Collections.Immutable;
using System.Globalization;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations;

/// <summary>Puts two versions side by side.</summary>
internal static class RegulationComparison
{
    public static RegulationDiff Of(RegulationContent from, RegulationContent to) => new(Articles(from, to), Terms(from.Terms, to.Terms));

    private static ImmutableArray<ArticleDiff> Articles(RegulationContent from, RegulationContent to) =>
    [
        .. to.Articles.Concat(from.Articles).Select(article => article.Id).Distinct()
            .Select(id => (Id: id, Before: Find(from, id), After: Find(to, id)))
            .Where(pair => pair.Before != pair.After)
            .Select(pair => new ArticleDiff(pair.Id, Lines(pair.Before, pair.After, Language.Dutch), Lines(pair.Before, pair.After, Language.English))),
    ];

    private static ImmutableArray<TermDiff> Terms(RegulationTerms from, RegulationTerms to) =>
    [
        .. Facts(from).Zip(Facts(to)).Where(pair => pair.First != pair.Second).Select(pair => new TermDiff(pair.First.Term, pair.First.Value, pair.Second.Value)),
    ];

    private static IEnumerable<(string Term, string Value)> Facts(RegulationTerms terms) =>
    [
        ("retention", $"{terms.Retention:c}"), ("grace", $"{terms.Grace:c}"), ("earlyStart", $"{terms.EarlyStart:c}"), ("grantTerm", $"{terms.GrantTerm:c}"),
        ("viewingsPerGrant", terms.ViewingsPerGrant.ToString(CultureInfo.InvariantCulture)), ("recording", OnOff(terms.Recording)), ("sound", OnOff(terms.Sound)),
    ];

    private static string OnOff(bool isOn) => isOn ? "on" : "off";

    private static ImmutableArray<DiffLine> Lines(Article? before, Article? after, Language language) =>
        [.. InlineDiffBuilder.Diff(TextOf(before, language), TextOf(after, language)).Lines.Select(line => new DiffLine(KindOf(line.Type), line.Text))];

    private static DiffKind KindOf(ChangeType change) => change switch
    {
        ChangeType.Deleted => DiffKind.Removed,
        ChangeType.Inserted => DiffKind.Added,
        _ => DiffKind.Both,
    };

    private static string TextOf(Article? article, Language language) => article is null ? "" : $"{article.Title.In(language)}\n{article.Text.In(language)}";

    private static Article? Find(RegulationContent content, ArticleId id) => content.Articles.FirstOrDefault(article => article.Id == id);
}
