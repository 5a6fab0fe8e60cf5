using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>Looks at an open page as people with all kinds of eyes, hands and screens would, and names what is wrong.</summary>
internal static class PageLook
{
    public const int Narrow = 320, Wide = 1280, High = 800;

    // WCAG 2.2 AA is all of these.
    private static readonly string[] Levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    // What depends on colours, widths and sizes. All else is the same in each of them.
    private static readonly string[] ByLook = ["color-contrast", "target-size", "scrollable-region-focusable"];

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    private static readonly object All = new { runOnly = new { type = "tag", values = Levels }, rules = new Dictionary<string, object> { ["target-size"] = new { enabled = true } } };

    private static readonly object OfLook = new { runOnly = new { type = "rule", values = ByLook } };

    /// <summary>In one of two ways, which together have each pair of width and colours with each language; and in each width with letters of twice the size.</summary>
    public static async Task<List<string>> At(IPage page, bool isDarkWhereWide)
    {
        var (wide, narrow) = isDarkWhereWide ? (ColorScheme.Dark, ColorScheme.Light) : (ColorScheme.Light, ColorScheme.Dark);
        var wrong = new List<string>();
        await page.EmulateMediaAsync(new() { ColorScheme = wide });
        wrong.AddRange(await Axe(page, $"wide, {wide}", All));
        wrong.AddRange(await Scroll(page, "wide"));
        wrong.AddRange(await LargeLetters(page, "wide"));
        await page.SetViewportSizeAsync(Narrow, High);
        await page.EmulateMediaAsync(new() { ColorScheme = narrow });
        wrong.AddRange(await Axe(page, $"narrow, {narrow}", OfLook));
        wrong.AddRange(await Scroll(page, "narrow"));
        wrong.AddRange(await LargeLetters(page, "narrow"));
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return wrong;
    }

    /// <summary>As most people see it.</summary>
    public static async Task<List<string>> Once(IPage page) => [.. await Axe(page, "wide, light", All)];

    /// <summary>Whether its words fit, wide and narrow.</summary>
    public static async Task<List<string>> Fits(IPage page)
    {
        List<string> wrong = [.. await Scroll(page, "wide")];
        await page.SetViewportSizeAsync(Narrow, High);
        wrong.AddRange(await Scroll(page, "narrow"));
        return wrong;
    }

    /// <summary>The window that most people have.</summary>
    public static Task Open(IPage page) => page.SetViewportSizeAsync(Wide, High);

    /// <summary>What has moved on the page while it was loaded, and by how much. Nothing may.</summary>
    public static Task<string[]> Shifts(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => new Promise(done => {
          const shifts = [];
          const at = rect => `${rect.x},${rect.y} ${rect.width}x${rect.height}`;
          const take = entries => entries.filter(entry => entry.value > 0).forEach(entry => shifts.push(
            `${entry.value.toFixed(6)}${entry.hadRecentInput ? ', after the window changed' : ''} ${entry.sources.map(source =>
              `${source.node?.outerHTML?.slice(0, 80)} from ${at(source.previousRect)} to ${at(source.currentRect)}`).join(' | ')}`));
          const observer = new PerformanceObserver(list => take(list.getEntries()));
          observer.observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => { take(observer.takeRecords()); observer.disconnect(); done(shifts); }));
        })
        """);

    /// <summary>What every page has: its language, a title of its own, one heading that says what it is.</summary>
    public static async Task<List<string>> Basics(IPage page, string language)
    {
        var (lang, title, headings) = (await page.Locator("html").GetAttributeAsync("lang"), await page.TitleAsync(), await page.Locator("h1").CountAsync());
        var goesAway = await page.Locator("form:not([action]):not([method=dialog])").CountAsync();
        return [.. new[]
        {
            lang == language ? null : $"its language is {lang} and not {language}",
            string.IsNullOrWhiteSpace(title) ? "it has no title" : null,
            headings == 1 ? null : $"it has {headings} headings of the first level",
            goesAway == 0 ? null : $"it has {goesAway} forms that bring what is typed into the address when they are sent before the script is there",
        }.OfType<string>()];
    }

    // In the page's own world, once for each page that is opened: what comes with Playwright's package opens a page more for each look.
    private static async Task<IEnumerable<string>> Axe(IPage page, string how, object options)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync($"() => {{ {Script} }}");
        }

        return (await page.EvaluateAsync<string[]>(Run, options)).Select(found => $"{how}: {found}");
    }

    private static async Task<IEnumerable<string>> Scroll(IPage page, string how)
    {
        var (wide, seen) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        return wide <= seen ? [] : [$"{how}: it is {wide} wide where {seen} are seen, by {await page.EvaluateAsync<string>(Widest)}"];
    }

    // Letters in pixels would stay small; letters that grow must not be cut off or push the page out of the window.
    private static async Task<IEnumerable<string>> LargeLetters(IPage page, string how)
    {
        var small = await page.EvaluateAsync<string[]>(Letters);
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
        var large = (await page.EvaluateAsync<string[]>(Letters)).ToHashSet();
        var wrong = small.Where(large.Contains).Select(letters => $"{how}, large letters: stays as it was: {letters}").Take(3)
            .Concat(await Axe(page, $"{how}, large letters", OfLook)).Concat(await Scroll(page, $"{how}, large letters")).ToList();
        await page.EvaluateAsync("document.documentElement.style.fontSize = ''");
        return wrong;
    }

    private const string Run =
        "options => axe.run(document, { ...options, resultTypes: ['violations'] }).then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id} at ${node.target}: ${node.html.slice(0, 200)}`)))";

    private const string Widest =
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest('.utrecht-table-container *')).slice(-3).map(e => e.outerHTML.slice(0, 120)).join(' | ')";

    private const string Letters =
        "[...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map((e, i) => `${i} ${e.tagName} ${getComputedStyle(e).fontSize} ${e.textContent.trim().slice(0, 40)}`)";
}
