using System.Collections.Concurrent;
using Microsoft.Playwright;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Tests.Faults;
using RecordingCluster.Tests.Identity;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>Every page of the portal in a real browser, empty and filled, in both languages: WCAG 2.2 AA, and nothing from elsewhere (R20).</summary>
public sealed class PageWalkTests
{
    // What somebody waits for on a slow line: two seconds at 800 kbit/s.
    private const int MostBytes = 200_000;

    // What one person does changes what others see, and a page that keeps itself fresh would go away under the look at it. Such a page
    // asks for itself; that answer never comes here.
    private const string KeepStill =
        "{ const really = fetch; window.fetch = (what, how) => what === location.href ? new Promise(() => {}) : really(what, how); }";

    private readonly ConcurrentQueue<string> wrong = new();
    private readonly HashSet<string> seen = [];

    [Fact]
    public async Task Every_page_can_be_used_by_everybody_in_every_state()
    {
        await using var silo = new PortalSilo { HasRegulation = false };
        await silo.InitializeAsync();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var desks = await Desks(browser, silo);

        await Walk(desks, PortalPages.WithoutIds("empty"));
        var town = new FilledTown(silo);
        await town.Fill();
        await Walk(desks, [.. PortalPages.WithoutIds("filled"), .. PageStates.Of(town)]);

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        Assert.Empty(PortalPages.All.Select(page => page.Route).Except(seen));
    }

    private async Task<Dictionary<string, Desk>> Desks(TownHallBrowser browser, PortalSilo silo)
    {
        var desks = new Dictionary<string, Desk>();
        foreach (var (subject, dutch) in DemoPeople.All.Select(person => (person.Caller.Subject, person.Dutch)).Append((PageVisit.Nobody, "")))
        {
            var desk = desks[subject] = await browser.Desk(silo.Address);
            desk.Page.Request += (_, request) => OnlyOwn(request.Url, silo.Address);

            await desk.Page.AddInitScriptAsync(KeepStill);
            if (subject == PageVisit.Nobody)
            {
                await FirstPage(desk);
            }
            else
            {
                await desk.SignInAs(dutch);
            }
        }

        return desks;
    }

    // People look at pages beside each other: each desk has its own.
    private async Task Walk(Dictionary<string, Desk> desks, IEnumerable<PageVisit> visits)
    {
        var first = visits.DistinctBy(visit => visit.Path + visit.State).ToHashSet();
        var walked = visits.Where(visit => first.Contains(visit) || visit.State != "empty");
        await Task.WhenAll(walked.GroupBy(visit => visit.Person).Select(async group =>
        {
            foreach (var visit in group)
            {
                await Visit(desks[visit.Person], visit, first.Contains(visit));
                lock (seen)
                {
                    seen.Add(visit.Route);
                }
            }
        }));
    }

    // The first who opens a page looks at it from all sides; in the short form in Dutch alone, and in English whether it fits. Who comes after
    // sees much the same, and looks once.
    private async Task Visit(Desk desk, PageVisit visit, bool fromAllSides)
    {
        foreach (var language in fromAllSides ? new[] { "nl", "en" } : ["en"])
        {
            var found = new List<string>();
            await PageLook.Open(desk.Page);
            var answer = await desk.Page.GotoAsync($"/language/{language}?back={Uri.EscapeDataString(visit.Path)}");
            found.AddRange(await PageLook.Basics(desk.Page, language));
            found.AddRange((await PageLook.Shifts(desk.Page)).Select(shift => $"it shifts while it loads: {shift}"));

            if (answer!.Status >= 400 && !visit.IsRefused)
            {
                found.Add($"it answers {answer.Status}");
            }

            if (visit.Act is not null)
            {
                await visit.Act(desk.Page);
            }

            if (fromAllSides && language == "nl" && visit.IsPictured)
            {
                await desk.Keep(visit.Picture);
                if (visit.IsPicturedTwice)
                {
                    await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
                    await desk.Keep($"{visit.Picture}-dark");
                    await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
                    await desk.Page.SetViewportSizeAsync(PageLook.Narrow, PageLook.High);
                    await desk.Keep($"{visit.Picture}-narrow");
                    await PageLook.Open(desk.Page);
                }
            }

            found.AddRange(!fromAllSides ? await PageLook.Once(desk.Page)
                : language == "nl" || LongForm.IsAsked ? await PageLook.At(desk.Page, isDarkWhereWide: language == "en")
                : await PageLook.Fits(desk.Page));
            found.ForEach(what => wrong.Enqueue($"{visit}, {language}: {what}"));
        }
    }

    private void OnlyOwn(string address, Uri portal)
    {
        if (!address.StartsWith(portal.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal) && !address.StartsWith("blob:", StringComparison.Ordinal))
        {
            wrong.Enqueue($"{address} is asked for, which is not the portal's own");
        }
    }

    private async Task FirstPage(Desk desk)
    {
        var finished = new ConcurrentQueue<Microsoft.Playwright.IRequest>();
        desk.Page.RequestFinished += (_, request) => finished.Enqueue(request);
        await desk.Page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var bytes = (await Task.WhenAll(finished.Select(request => request.SizesAsync()))).Sum(sizes => sizes.ResponseBodySize + sizes.ResponseHeadersSize);
        if (finished.IsEmpty || bytes > MostBytes)
        {
            wrong.Enqueue($"the first page takes {bytes} bytes in {finished.Count} answers");
        }
    }
}
