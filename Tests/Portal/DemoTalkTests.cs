using Microsoft.Playwright;
using RecordingCluster.Tests.Identity;

namespace RecordingCluster.Tests.Portal;

/// <summary>A demo has no room-booking system: whoever tries it books a talk on the page.</summary>
public sealed class DemoTalkTests
{
    [Fact]
    public async Task Somebody_who_tries_the_demo_books_a_talk_and_sees_what_is_missing_for_it()
    {
        await using var silo = new PortalSilo();
        await silo.InitializeAsync();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var official = await browser.Desk(silo.Address);
        await official.SignInAs("medewerker");

        await official.PressAndGoOn("Proefgesprek boeken");

        await Assertions.Expect(official.Page.Locator("a[href^='/talk?reference=proef-']").First).ToBeVisibleAsync();
    }
}
