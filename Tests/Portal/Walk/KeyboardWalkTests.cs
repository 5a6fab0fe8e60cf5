using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RecordingCluster.Silo.Portal.Endpoints;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Portal.Looking;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>Asking, deciding and looking without a mouse, and what a screen reader hears of the timeline and the player.</summary>
[Collection(LookingCollection.Name)]
public sealed partial class KeyboardWalkTests(LookingTown town)
{
    [Fact]
    public async Task A_recording_is_asked_for_decided_on_and_looked_at_by_the_keyboard_alone()
    {
        var (asking, deciding) = ((await town.Desk()).Page, (await town.Desk()).Page);
        await SignIn(asking, "camerabeheerder");
        await SignIn(deciding, "gemeentesecretaris");
        await Go(deciding, "Mijn sleutels");
        var keys = deciding.GetByRole(AriaRole.Rowheader);
        var before = await keys.CountAsync();
        await new Keyboard(deciding).Use("Toevoegen");
        await Assertions.Expect(keys).ToHaveCountAsync(before + 1);

        await Go(asking, "Opnamen zoeken");
        await asking.Keyboard.PressAsync("Tab");
        await asking.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await asking.EvaluateAsync<string>("document.activeElement.id")); // the skip link leads past the menu
        var hands = new Keyboard(asking);
        await hands.Follow($"/find/{town.Recording}");
        await Names(asking, "timeline");
        await asking.Loaded();
        await hands.TabTo("Van");
        await hands.Press("ArrowRight");
        await hands.TabTo("Tot");
        await hands.Press("ArrowLeft");
        await hands.TabTo("Waarvoor");
        await hands.Press("ArrowDown");
        await hands.TabTo("Kenmerk van de zaak, geen naam");
        await hands.Type("zaak-2026-1");
        await hands.Use("Vraag inzage");
        await Assertions.Expect(asking.GetByText("wacht op besluit")).ToBeVisibleAsync();
        var request = asking.Url[(asking.Url.LastIndexOf('/') + 1)..];

        await Go(deciding, "Te beslissen");
        hands = new Keyboard(deciding);
        await hands.Follow($"/to-decide/{request}");
        await Assertions.Expect(deciding.Locator("form[data-do=approve]")).ToBeVisibleAsync();
        await deciding.Loaded();
        await hands.TabTo("Tot");
        await hands.Press("ArrowLeft");
        await hands.Use("Toestaan met uw sleutel");
        await Assertions.Expect(deciding.GetByText("Toegestaan en ondertekend.")).ToBeVisibleAsync();

        hands = new Keyboard(asking);
        await Assertions.Expect(asking.GetByRole(AriaRole.Button, new() { Name = "Bekijken" })).ToBeVisibleAsync();
        await hands.Use("Bekijken");
        await Assertions.Expect(asking.Locator("video")).ToBeVisibleAsync();
        await Names(asking, "player");
        await hands.TabTo(PictureName);
        await hands.Press(" ");
        await hands.TabTo("Plaats in de opname");
        await hands.Press("ArrowRight");
        await hands.Use("Inzage beëindigen");
        await Assertions.Expect(asking.GetByText("Deze inzage is beëindigd.")).ToBeVisibleAsync();
        await town.Withdraw(Ids.AccessRequest(request));
    }

    private const string PictureName = "Beeld: spatie speelt en pauzeert, pijlen spoelen, komma en punt gaan een beeld terug of verder";

    // What a screen reader says of each, in its order.
    private static async Task Names(IPage page, string part)
    {
        var heard = Times().Replace(await page.Locator($".{part}").AriaSnapshotAsync(), "TIME");
        string[] names = part == "timeline"
            ? ["img \"Opname van TIME tot TIME, in 1 delen; gekozen van TIME tot TIME\"", "slider \"Van TIME\"", "slider \"Tot TIME\""]
            : ["region \"Speler\"", $"group \"{PictureName}\"", "slider \"Plaats in de opname\"", "button \"Pauze\"", "button \"5 s terug\"", "button \"5 s verder\"", "button \"Beeld terug\"", "button \"Beeld verder\"", "button \"Geluid uit\"", "button \"Volledig scherm\"", "button \"Inzage beëindigen\"", "combobox \"Snelheid\"", "slider \"Geluidssterkte\""];
        var place = 0;
        foreach (var name in names)
        {
            place = heard.IndexOf(name, place, StringComparison.Ordinal);
            Assert.True(place >= 0, $"{name} is not heard, or not in its place:\n{heard}");
        }
    }

    private static async Task SignIn(IPage page, string role)
    {
        await page.GotoAsync("/sign-in");
        await new Keyboard(page).Use(role);
        await Assertions.Expect(page.Locator("button:text('Afmelden')")).ToBeVisibleAsync();
    }

    // From the start of the page through its menu.
    private static async Task Go(IPage page, string menu)
    {
        await page.GotoAsync("/");
        await new Keyboard(page).Use(menu);
        await Assertions.Expect(page.Locator($"nav a[aria-current=page]:text-is('{menu}')")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"\d{1,2}:\d\d(:\d\d)?")]
    private static partial Regex Times();
}
