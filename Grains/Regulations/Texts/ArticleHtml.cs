using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace RecordingCluster.Grains.Regulations.Texts;

/// <summary>The text of an article as HTML: paragraphs, lists and emphasis, which is all that its Markdown has. Whatever else stands there is shown as it stands.</summary>
public static partial class ArticleHtml
{
    public static string Of(string text)
    {
        var html = new StringBuilder();
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Append(html, block.Split('\n'));
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, string[] lines)
    {
        var list = Numbered().IsMatch(lines[0]) ? "ol" : Bulleted().IsMatch(lines[0]) ? "ul" : null;
        if (list is null)
        {
            html.Append("<p>").Append(Emphasised(string.Join(' ', lines))).Append("</p>\n");
            return;
        }

        // A line that does not begin an item goes on with the one before.
        var items = new List<string>();
        foreach (var line in lines)
        {
            var item = list == "ol" ? Numbered().Match(line) : Bulleted().Match(line);
            if (item.Success)
            {
                items.Add(line[item.Length..]);
            }
            else
            {
                items[^1] += $" {line.Trim()}";
            }
        }

        html.Append('<').Append(list).Append(">\n");
        items.ForEach(item => html.Append("<li>").Append(Emphasised(item)).Append("</li>\n"));
        html.Append("</").Append(list).Append(">\n");
    }

    // Encoded first: of what an author wrote only the two stars become a tag.
    private static string Emphasised(string text) => Strong().Replace(WebUtility.HtmlEncode(text), "<strong>$1</strong>");

    [GeneratedRegex(@"^\d+\. +")]
    private static partial Regex Numbered();

    [GeneratedRegex("^- +")]
    private static partial Regex Bulleted();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Strong();
}
