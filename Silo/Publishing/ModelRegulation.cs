using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Silo.Publishing;

/// <summary>The model regulation that comes with the program: docs/model-regulation.nl.md and .en.md, beside it when it is built.</summary>
/// <remarks>Between two lines of three dashes stand the terms; each heading of the second level with an id in braces is an article.</remarks>
internal static partial class ModelRegulation
{
    public static RegulationContent Read()
    {
        var (dutch, english) = (ReadFile("nl"), ReadFile("en"));
        return new RegulationContent(
            [.. dutch.Articles.Select(article => new Article(article.Id, Both(article.Title, Find(english, article.Id).Title), Both(article.Text, Find(english, article.Id).Text)))],
            TermsOf(dutch.Facts),
            new DocumentReference(dutch.Facts["dpia"]),
            []);
    }

    private static RegulationTerms TermsOf(Dictionary<string, string> facts) => new(
        Length(facts["retention"]), Length(facts["grace"]), Length(facts["early-start"]), Length(facts["grant-term"]),
        int.Parse(facts["viewings-per-grant"], CultureInfo.InvariantCulture), facts["recording"] == "on", facts["sound"] == "on");

    private static TimeSpan Length(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);

    private static LocalText Both(string dutch, string english) => new(dutch, english);

    private static ModelArticle Find(ModelFile file, ArticleId id) => file.Articles.Single(article => article.Id == id);

    private static ModelFile ReadFile(string language)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "model", $"model-regulation.{language}.md"));
        var pieces = text.Split("---\n", 3); // before the terms, the terms, the articles; one language alone has terms
        var (head, body) = pieces.Length == 3 ? (pieces[1], pieces[2]) : ("", text);
        return new ModelFile(
            head.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ", 2)).ToDictionary(fact => fact[0], fact => fact[1]),
            [
                .. Heading().Matches(body).Select(heading => new ModelArticle(
                    ArticleId.Of(heading.Groups["id"].Value), heading.Groups["title"].Value, heading.Groups["text"].Value.Trim())),
            ]);
    }

    [GeneratedRegex(@"^## (?<title>.+?) \{#(?<id>[a-z0-9-]+)\}\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    private sealed record ModelFile(Dictionary<string, string> Facts, ImmutableArray<ModelArticle> Articles);

    private sealed record ModelArticle(ArticleId Id, string Title, string Text);
}
