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

    public static Publication Of(RegulationInForce regulation)
    {
        var (dutch, english) = (Notices.Of(regulation, Language.Dutch), Notices.Of(regulation, Language.English));
        return new Publication(HtmlOf(regulation, dutch, english), JsonOf(regulation, dutch, english));
    }

    private static string JsonOf(RegulationInForce regulation, NoticeTexts dutch, NoticeTexts english) => JsonSerializer.Serialize(
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
        },
        Json);

    private static string HtmlOf(RegulationInForce regulation, NoticeTexts dutch, NoticeTexts english)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Camera-opnamen van gesprekken</title>\n</head>\n<body>\n<main>\n<h1>Camera-opnamen van gesprekken</h1>\n");
        Section(page, dutch, $"Camerareglement {regulation.Version}, geldig sinds {regulation.Since:yyyy-MM-dd}. Bewaartermijn: {Wording.Of(regulation.Terms.Retention, Language.Dutch)}.");
        page.Append("<section lang=\"en\">\n");
        Section(page, english, $"Camera regulation {regulation.Version}, in force since {regulation.Since:yyyy-MM-dd}. Retention: {Wording.Of(regulation.Terms.Retention, Language.English)}.");
        page.Append("</section>\n</main>\n</body>\n</html>\n");
        return page.ToString();
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
                page.Append(System.Globalization.CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(heading)}</h2>\n");
            }

            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(text)}</p>\n");
        }

        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"<p>{WebUtility.HtmlEncode(facts)}</p>\n");
    }
}
