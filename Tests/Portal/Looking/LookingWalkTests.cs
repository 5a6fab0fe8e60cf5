using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Tests.Portal.Walk;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>A camera administrator asks, the secretary decides, and a real recording plays in a real browser until the grant is withdrawn (R12 to R14).</summary>
[Collection(LookingCollection.Name)]
public sealed class LookingWalkTests(LookingTown town)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly Caller Secretary = new("demo-secretary", Roles.Secretary);

    [Fact]
    public async Task What_was_asked_and_allowed_on_the_pages_plays_with_picture_and_sound_until_it_is_withdrawn()
    {
        var (administrator, secretary) = (await town.SignInAs("camerabeheerder"), await town.SignInAs("gemeentesecretaris"));
        await secretary.Open("/my-keys");
        await secretary.PressAndGoOn("Toevoegen");
        Assert.Equal(("/to-decide", 200), await secretary.Open("/")); // two minutes between meetings

        // Asked by the keyboard's own way of moving the window: its end one second earlier.
        await administrator.Open("/find");
        await administrator.Keep("find");
        await administrator.Page.Locator($"a[href='/find/{town.Recording}']").ClickAsync();
        await administrator.Page.Locator("input[name=case]").FillAsync("zaak-2026-1");
        await administrator.Page.Locator("input[name=until]").FocusAsync();
        await administrator.Page.Keyboard.PressAsync("ArrowLeft");
        await administrator.Keep("ask");
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Vraag inzage" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByText("wacht op besluit")).ToBeVisibleAsync();
        var request = Requested(administrator.Page.Url);

        // Asked back, and answered.
        await secretary.Open("/to-decide");
        await secretary.Keep("to-decide");
        await secretary.Page.Locator("a[href^='/to-decide/req_']").First.ClickAsync();
        await secretary.Page.Locator("select[name=question]").SelectOptionAsync("casePending");
        await secretary.PressAndGoOn("Vraag stellen");
        await Assertions.Expect(administrator.Page.GetByText("Loopt de zaak nog?")).ToBeVisibleAsync();
        await administrator.Page.GetByLabel("De zaak loopt").CheckAsync();
        await administrator.PressAndGoOn("Antwoorden");

        // Approved with the passkey, a second less than was asked; the decision comes in by itself.
        await secretary.Page.ReloadAsync();
        await secretary.Page.Locator("input[name=from]").FocusAsync();
        await secretary.Page.Keyboard.PressAsync("ArrowRight");
        await secretary.Keep("decide");
        Assert.Equal("Toegestaan en ondertekend.", await secretary.Press("Toestaan met uw sleutel"));
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" })).ToBeVisibleAsync();
        var asked = await town.Read(request);
        var granted = Assert.IsType<Decision.Approved>(asked.Decision).Grant.Window;
        Assert.True(asked.Question.Window.Contains(granted) && granted.From > asked.Question.Window.From, $"{granted} of {asked.Question.Window}");

        // It plays: time goes on, pictures are decoded, sound too, and who looks stands over it.
        await Assertions.Expect(administrator.Page.GetByText("U mag nog 1 keer kijken")).ToBeVisibleAsync();
        await administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByText("U mag nog 1 keer kijken")).ToHaveCountAsync(0);
        await Seen(administrator.Page, "document.querySelector('video')?.currentTime > 1.5");
        var playing = await administrator.Page.EvaluateAsync<double[]>("(v => [v.getVideoPlaybackQuality().totalVideoFrames, v.webkitAudioDecodedByteCount, v.videoWidth, v.duration])(document.querySelector('video'))");
        Assert.True(playing[0] > 10 && playing[1] > 1000 && playing[2] > 0, string.Join(' ', playing));
        Assert.InRange(playing[3], granted.Length.TotalSeconds - 1, granted.Length.TotalSeconds + 4); // a fragment is shown whole
        Assert.Contains("demo-administrator", await administrator.Page.Locator(".player__mark span").First.InnerTextAsync(), StringComparison.Ordinal);
        await administrator.Keep("player");
        await Controls(administrator.Page);

        // Withdrawn while it plays: it ends by itself within a second, with a sentence, and no picture is left.
        await administrator.Page.EvaluateAsync("document.querySelector('video').play()");
        var begun = TimeProvider.System.GetTimestamp();
        using (SiloProcess.As(Secretary))
        {
            Assert.IsType<WithdrawOutcome.Done>(await town.Silo.Client.AccessRequest(request).Withdraw(WithdrawalReason.NoLongerNecessary));
        }

        await administrator.Page.WaitForSelectorAsync("text=De toestemming is ingetrokken");
        var after = TimeProvider.System.GetElapsedTime(begun);
        Assert.True(after < TimeSpan.FromSeconds(1.2), $"it took {after}"); // a second, and what the look from outside takes
        Assert.Equal(0, await administrator.Page.Locator("video").CountAsync());
        await administrator.Keep("withdrawn");
        Assert.Empty(await PageLook.At(administrator.Page, isDarkWhereWide: false));
        var viewing = (await town.Read(request)).Viewings.Single();
        Assert.NotNull(viewing.EndedAt);
        Assert.NotEmpty(viewing.Watched);
        await secretary.Page.ReloadAsync();
        await secretary.Keep("decided");
        await secretary.Open("/deputies");
        await secretary.PressAndGoOn("Aanwijzen met uw sleutel");
        Assert.Contains("beslist vandaag", await secretary.Page.Locator(".card").First.InnerTextAsync(), StringComparison.Ordinal);
        await secretary.Keep("deputies");
        await secretary.Open("/language/en?back=%2Fto-decide");
        Assert.Equal(("/to-decide", "en"), (new Uri(secretary.Page.Url).AbsolutePath, await secretary.Page.Locator("html").GetAttributeAsync("lang")));
        await Assertions.Expect(secretary.Page.GetByText("Permissions that hold now")).ToBeVisibleAsync();
    }

    // Keys and buttons do what they say, on the picture itself.
    private static async Task Controls(IPage page)
    {
        Task<double> At(string what) => page.EvaluateAsync<double>($"Number(document.querySelector('video').{what})");
        await page.Locator(".player__picture").FocusAsync();
        await page.Keyboard.PressAsync(" ");
        Assert.Equal(1, await At("paused"));
        await page.Locator("input[name=seek]").EvaluateAsync("seek => { seek.value = 3; seek.dispatchEvent(new Event('input')); }");
        Assert.Equal(3, await At("currentTime"), tolerance: 0.05);
        await page.Locator(".player__picture").FocusAsync();
        await page.Keyboard.PressAsync(".");
        Assert.InRange(await At("currentTime"), 3.005, 3.2); // one picture further
        await page.Keyboard.PressAsync(",");
        Assert.Equal(3, await At("currentTime"), tolerance: 0.05);
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal(0, await At("currentTime"), tolerance: 0.05);
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(0.9, await At("volume"), tolerance: 0.001);
        await page.Keyboard.PressAsync("m");
        Assert.Equal(1, await At("muted"));
        await page.Locator("select[name=speed]").SelectOptionAsync("0.5");
        Assert.Equal(0.5, await At("playbackRate"));
        await page.Locator(".player__picture").FocusAsync();
        await page.Keyboard.PressAsync("f");
        await Seen(page, "Boolean(document.fullscreenElement?.querySelector('.player__mark') && document.fullscreenElement.querySelector('video'))");
        await page.Keyboard.PressAsync("f");
    }

    // Playwright's own waiting evaluates text as a script, which the portal's policy forbids.
    private static Task<TimeSpan> Seen(IPage page, string condition) =>
        SiloProcess.Until(() => page.EvaluateAsync<bool>(condition), Soon, () => $"It never was so: {condition}");

    private static AccessRequestId Requested(string address) => new(Guid.ParseExact(address[(address.LastIndexOf('_') + 1)..], "N"));
}
