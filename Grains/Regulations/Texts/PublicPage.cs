using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations.Texts;

/// <summary>The public page: one HTML file that needs no other, and the same facts as JSON (R18).</summary>
internal static class PublicPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file of its own, never part of a page
    };

    public static Publication Of(RegulationInForce regulation, ImmutableArray<Article> articles)
    {
        var (dutch, english) = (Notices.Of(regulation, Language.Dutch), Notices.Of(regulation, Language.English));
        return new Publication(HtmlOf(regulation, articles, dutch, english), JsonOf(regulation, articles, dutch, english), regulation, articles, [dutch, english]);
    }

    private static string JsonOf(RegulationInForce regulation, ImmutableArray<Article> articles, NoticeTexts dutch, NoticeTexts english) => JsonSerializer.Serialize(
        new
        {
            version = regulation.Version.Value,
            inForceSince = regulation.Since.UtcDateTime,
            textVersion = dutch.TextVersion,
            recording = regulation.Terms.Recording,
            sound = regulation.Terms.Sound,
            retention = XmlConvert.ToString(regulation.Terms.Retention), // ISO 8601, such as P14D
            grantTerm = XmlConvert.ToString(regulation.Terms.GrantTerm),
            viewingsPerGrant = regulation.Terms.ViewingsPerGrant,
            nl = new { retention = Wording.Of(regulation.Terms.Retention, Language.Dutch), letter = dutch.Letter },
            en = new { retention = Wording.Of(regulation.Terms.Retention, Language.English), letter = english.Letter },
            articles = articles.Select(article => new { id = article.Id.Value, nl = In(article, Language.Dutch), en = In(article, Language.English) }),
        },
        Json);

    private static object In(Article article, Language language) => new { title = article.Title.In(language), text = article.Text.In(language) };

    private static string HtmlOf(RegulationInForce regulation, ImmutableArray<Article> articles, NoticeTexts dutch, NoticeTexts english)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Camera-opnamen van gesprekken</title>\n</head>\n<body>\n<main>\n<h1>Camera-opnamen van gesprekken</h1>\n");
        Section(page, dutch, $"Camerareglement {regulation.Version}, geldig sinds {regulation.Since.Said(Language.Dutch)}. Bewaartermijn: {Wording.Of(regulation.Terms.Retention, Language.Dutch)}.");
        Section(page, "De artikelen van het camerareglement", articles, Language.Dutch);
        page.Append("<section lang=\"en\">\n");
        Section(page, english, $"Camera regulation {regulation.Version}, in force since {regulation.Since.Said(Language.English)}. Retention: {Wording.Of(regulation.Terms.Retention, Language.English)}.");
        Section(page, "The articles of the camera regulation", articles, Language.English);
        page.Append("</section>\n</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void Section(StringBuilder page, string heading, ImmutableArray<Article> articles, Language language)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(heading)}</h2>\n");
        foreach (var article in articles)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h3>{WebUtility.HtmlEncode(article.Title.In(language))}</h3>\n");
            page.Append(ArticleHtml.Of(article.Text.In(language)));
        }
    }

    // A line that stands alone above its paragraph is that paragraph's heading.
    private static void Section(StringBuilder page, NoticeTexts texts, string facts)
    {
        foreach (var block in texts.Letter.Split("\n\n"))
        {
            var lines = block.Split('\n', 2);
            var (heading, text) = lines.Length == 2 ? (lines[0], lines[1]) : (null, lines[0]);
            if (heading is not null)
            {
                page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(heading)}</h2>\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(text)}</p>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(facts)}</p>\n");
    }
}
