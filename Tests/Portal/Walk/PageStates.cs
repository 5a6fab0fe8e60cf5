using Microsoft.Playwright;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>The pages that have an id in their address, and the states of others that somebody brings about on them. A new page of that kind is added here.</summary>
internal static class PageStates
{
    public static IEnumerable<PageVisit> Of(FilledTown town) =>
    [
        new("/certificates/{recording}", $"/certificates/{town.Erased}", "demo-officer", "filled"),
        new("/find/{recording}", $"/find/{town.Recording}", "demo-administrator", "filled"),
        new("/find/{recording}", $"/find/{town.Erased}", "demo-administrator", "erased"),
        new("/find/{recording}", $"/find/{town.Recording}", "demo-administrator", "refused-input", page => Refuse(page, "form[data-do=ask]", "123456782")),
        new("/my-requests/{request}", $"/my-requests/{town.Open}", "demo-administrator", "open"),
        new("/my-requests/{request}", $"/my-requests/{town.AskedBack}", "demo-administrator", "asked-back"),
        new("/my-requests/{request}", $"/my-requests/{town.Refused}", "demo-administrator", "refused"),
        new("/my-requests/{request}", $"/my-requests/{town.Granted}", "demo-administrator", "granted"),
        new("/to-decide/{request}", $"/to-decide/{town.Open}", "demo-secretary", "open"),
        new("/to-decide/{request}", $"/to-decide/{town.AskedBack}", "demo-deputy", "asked-back"),
        new("/to-decide/{request}", $"/to-decide/{town.Granted}", "demo-secretary", "granted"),
        new("/to-decide/{request}", $"/to-decide/{town.Refused}", "demo-secretary", "refused"),
        new("/notices/{kind}", "/notices/letter", "demo-official", "letter"),
        new("/notices/{kind}", "/notices/sticker", "demo-reception", "sticker"),
        new("/talk", $"/talk?reference={town.Booked}", "demo-official", "booked"),
        new("/talk", $"/talk?reference={town.Ended}", "demo-official", "ended"),
        new("/watch/trail", "demo-reception", "refused-to-role"),
        new("/find/{recording}", "/find/rec_019ab2c4d5e67f8091a2b3c4d5e6f708", "demo-administrator", "refused-not-there"),
        new("/watch/trail", "/watch/trail?actor=CameraAdministrator&deed=access-request&openings=yes", "demo-officer", "searched"),
        new("/watch/trail", "/watch/trail?deed=nothing-like-it&result=Refused", "demo-officer", "found-nothing"),
        new("/watch/chain", "/watch/chain", "demo-officer", "checked", Check),
        new("/watch/viewings/{request}", $"/watch/viewings/{town.Granted}", "demo-officer", "granted"),
        new("/watch/viewings/{request}", $"/watch/viewings/{town.Refused}", "demo-officer", "refused"),
        new("/watch/viewings/{request}", $"/watch/viewings/{town.AskedBack}", "demo-officer", "asked-back"),
        new("/watch/certificates", $"/watch/certificates?recording={town.Erased}", "demo-officer", "searched"),
        new("/watch/certificates", "/watch/certificates?recording=nothing", "demo-officer", "found-nothing"),
        new("/watch/reports", "/watch/reports?year=2026&published=yes", "demo-officer", "published"),
        new("/regulation/overview/{version}", "/regulation/overview/model-1", "demo-officer", "in-force"),
        new("/regulation/overview/{version}", "/regulation/overview/model-2", "demo-officer", "advised"),
        new("/regulation/overview/{version}", "/regulation/overview/model-2", "demo-secretary", "to-activate"),
        new("/regulation/overview/{version}", "/regulation/overview/model-2", "demo-secretary", "refused-activation", Activate),
        new("/regulation/overview/{version}/edit", "/regulation/overview/model-2/edit", "demo-secretary", "open", Unfold),
        new("/regulation/differences", "/regulation/differences?from=model-1&to=model-2", "demo-officer", "found"),
    ];

    // The page comes anew when the check is asked for, and once more when it is done. The outcome of an earlier check may stand on the
    // page that is left, so that one is marked.
    private static async Task Check(IPage page)
    {
        await page.EvaluateAsync("() => { document.body.dataset.left = ''; }");
        await page.Locator("form[data-send='/trail/checks'] button").ClickAsync();
        await Assertions.Expect(page.Locator("body:not([data-left]) .utrecht-alert--ok")).ToBeVisibleAsync();
    }

    // What is missing is refused by name; the passkey that would be asked for is the demo's own.
    private static async Task Activate(IPage page)
    {
        await page.Locator("form[data-send$='/activate'] button").ClickAsync();
        await Assertions.Expect(page.Locator("form[data-send$='/activate'] output.wrong")).Not.ToBeEmptyAsync();
    }

    private static async Task Unfold(IPage page) => await page.Locator("details").First.EvaluateAsync("details => details.open = true");

    // A case that looks like a person's number is refused, and the form says so.
    private static async Task Refuse(IPage page, string form, string reference)
    {
        await page.Locator($"{form} input[name=case]").FillAsync(reference);
        await page.Locator($"{form} button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator($"{form} output.wrong")).Not.ToBeEmptyAsync();
    }
}
