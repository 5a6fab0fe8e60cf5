using System.Net;
using System.Text.RegularExpressions;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Portal;

/// <summary>What portal and dashboard serve loads nothing from elsewhere (R20): all of it is fetched, and read for addresses.</summary>
[Collection(PortalCollection.Name)]
public sealed partial class OutsideTests(PortalSilo silo)
{
    private static readonly string[] Beginnings = ["/", "/sign-in", "/dashboard/"];

    // Names, not addresses: nothing ever fetches a namespace.
    private static readonly string[] Namespaces =
    [
        "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink", "http://www.w3.org/2000/svg", "http://www.w3.org/2000/xmlns/",
        "http://www.w3.org/XML/1998/namespace",
    ];

    [Fact]
    public async Task Pages_styles_and_scripts_load_nothing_from_elsewhere()
    {
        var served = await FetchAll();
        var loaded = served.Where(file => !IsScript(file)).SelectMany(file => Loads(file.Text).Select(address => (file.Path, Address: address))).ToList();
        var named = served.Where(IsScript).SelectMany(file => Absolute().Matches(file.Text).Select(found => found.Value)).Except(Namespaces);

        Assert.DoesNotContain(loaded, load => IsElsewhere(load.Address));
        Assert.Empty(new[] { "/", "/sign-in", "/portal.css", "/dashboard/", "/dashboard/index.min.js", "/dashboard/index.css" }.Except(served.Select(file => file.Path)));

        // A script could put an address together; what stands in it whole was looked at: links for a reader to follow and
        // words of errors. That it cannot load them either is the work of connect-src and script-src.
        Approved.Equal("addresses-in-scripts", string.Join('\n', named.Distinct().Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("<script src='https://cdn.example/a.js'></script>")]
    [InlineData("<link rel=stylesheet href=//cdn.example/a.css>")]
    [InlineData("<img srcset=\"https://cdn.example/a.png 2x\">")]
    [InlineData("<style>@import 'https://cdn.example/a.css';</style>")]
    [InlineData("body { background: url(https://cdn.example/a.png) }")]
    public void What_would_be_loaded_from_elsewhere_is_seen(string text) => Assert.Contains(Loads(text), IsElsewhere);

    // As nobody and as each person who sees a page; what a page or a style names is fetched in turn.
    private async Task<List<(string Path, string Type, string Text)>> FetchAll()
    {
        var served = new List<(string Path, string Type, string Text)>();
        foreach (var subject in new[] { "demo-official", "demo-operator" })
        {
            using var person = await silo.SignIn(subject);
            var waiting = new Queue<string>(Beginnings);
            var seen = new HashSet<string>(Beginnings);
            while (waiting.TryDequeue(out var path))
            {
                using var answer = await person.Send(HttpMethod.Get, path);
                var type = answer.Content.Headers.ContentType?.MediaType ?? "";
                if (answer.StatusCode != HttpStatusCode.OK || !IsText(type))
                {
                    continue;
                }

                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                served.Add((path, type, text));

                var from = new Uri(silo.Address, path);
                foreach (var next in Loads(text).Where(address => !IsElsewhere(address)).Select(address => new Uri(from, address).AbsolutePath).Where(seen.Add))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return served;
    }

    private static IEnumerable<string> Loads(string text) => Loaded().Matches(text)
        .Select(found => found.Groups["address"].Value.Trim())
        .Where(address => address.Length > 0 && address[0] != '#' && !address.StartsWith("data:", StringComparison.Ordinal));

    private static bool IsElsewhere(string address) => address.StartsWith("//", StringComparison.Ordinal) || Scheme().IsMatch(address);

    private static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("javascript", StringComparison.Ordinal);

    private static bool IsScript((string Path, string Type, string Text) file) => file.Type.Contains("javascript", StringComparison.Ordinal);

    // src, href, srcset, action, poster, data and manifest of elements; url() and @import of styles.
    [GeneratedRegex("""(?:\b(?:src|href|srcset|action|formaction|poster|data|manifest)\s*=\s*["']?|url\(\s*["']?|@import\s+["'])(?<address>[^"'\s>)]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Loaded();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("""(?:https?|wss?)://[^\s"'`<>)\\,;]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Absolute();
}
