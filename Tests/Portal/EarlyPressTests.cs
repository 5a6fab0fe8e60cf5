using RecordingCluster.Tests.Identity;

namespace RecordingCluster.Tests.Portal;

/// <summary>A button that is pressed before the script of its page is there, or where that does not come.</summary>
[Collection(PortalCollection.Name)]
public sealed class EarlyPressTests(PortalSilo silo)
{
    private const string TwoFrames = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    [Fact]
    public async Task What_was_typed_stays_on_the_page_and_comes_into_no_address()
    {
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var page = (await browser.Desk(silo.Address)).Page;
        await page.RouteAsync("**/*.js", script => script.AbortAsync());
        await page.GotoAsync("/enrol");
        await page.Locator("input[name=code]").FillAsync("a-code");

        await page.Locator("form[data-do=enrol] button").ClickAsync();
        await page.EvaluateAsync(TwoFrames);

        Assert.Equal(new Uri(silo.Address, "/enrol").ToString(), page.Url);
        Assert.Equal("a-code", await page.Locator("input[name=code]").InputValueAsync());
    }
}
