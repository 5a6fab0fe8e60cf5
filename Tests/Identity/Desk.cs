using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;

namespace RecordingCluster.Tests.Identity;

/// <summary>Debian's browser, with one desk for each person.</summary>
internal sealed class TownHallBrowser : IAsyncDisposable
{
    // As it runs in CI: no sandbox of its own, and nothing of its own on the network.
    private static readonly string[] Flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"];

    // Three classes of tests share two cores: a page may be as slow as this, and be right. Playwright's own patience is 5 s for what is to be seen.
    private const float Patience = 60_000;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private TownHallBrowser(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// <summary>A browser that trusts the portal whose certificate is in this folder, by the digest of its public key, and no other.</summary>
    public static async Task<TownHallBrowser> Open(string certificates, string silo = "silo")
    {
        using var portal = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(certificates, $"{silo}.crt"));
        var key = Convert.ToBase64String(SHA256.HashData(portal.PublicKey.ExportSubjectPublicKeyInfo()));
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return new TownHallBrowser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = [.. Flags, $"--ignore-certificate-errors-spki-list={key}"] }));
    }

    /// <summary>A desk of its own: no cookie and no key of another.</summary>
    public async Task<Desk> Desk(Uri portal)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = portal.ToString(), Locale = "nl-NL", TimezoneId = "Europe/Amsterdam" });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Desk(page);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>One person's browser and passkey.</summary>
internal sealed class Desk(IPage page)
{
    private const int HighestPicture = 1700;

    private static readonly TimeSpan LoadWait = TimeSpan.FromSeconds(60);

    public IPage Page => page;

    /// <summary>Opens a one-time link and enrols the key of this desk; answers what the page says.</summary>
    public async Task<string> Enrol(string link, string? code = null)
    {
        await page.GotoAsync("about:blank"); // the same page with another # would not be loaded anew
        await page.GotoAsync(link);
        if (code is not null)
        {
            await page.Locator("input[name=code]").FillAsync(code);
        }

        return await Press("Inschrijven");
    }

    /// <summary>Signs in with the key of this desk; answers what the page says, or nothing when it went on.</summary>
    public async Task<string> SignIn()
    {
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aanmelden met uw sleutel" }).ClickAsync();
        await Assertions.Expect(page.Locator("form[data-do=sign-in] output:not(:empty), button:text('Afmelden')").First).ToBeVisibleAsync();
        var says = page.Locator("form[data-do=sign-in] output");
        return await says.CountAsync() == 0 ? "" : await says.InnerTextAsync();
    }

    /// <summary>Signs in as one of the people of the demo, by one click.</summary>
    public async Task SignInAs(string role)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = role, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("button:text('Afmelden')")).ToBeVisibleAsync();
    }

    /// <summary>Opens a page, and answers the path where one ends up and the status.</summary>
    public async Task<(string Path, int Status)> Open(string path)
    {
        var response = await page.GotoAsync(path);
        return (new Uri(page.Url).AbsolutePath, response!.Status);
    }

    /// <summary>Presses a button, and answers what its form says.</summary>
    public async Task<string> Press(string button)
    {
        var form = page.Locator("form", new() { Has = page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }) }).First;
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(form.Locator("output")).Not.ToBeEmptyAsync();
        return await form.Locator("output").InnerTextAsync();
    }

    /// <summary>Keeps a picture of the page, where a folder for them is named: to be looked at by a person.</summary>
    public async Task Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("PORTAL_PICTURES") is { Length: > 0 } folder)
        {
            // What is longer says no more; the repository keeps them all.
            var high = Math.Min(HighestPicture, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true, Clip = new() { Width = page.ViewportSize!.Width, Height = high } });
        }
    }

    /// <summary>Presses a button after which the page is loaded anew.</summary>
    public async Task PressAndGoOn(string button)
    {
        var loaded = new TaskCompletionSource();
        void Loaded(object? sender, IPage same) => loaded.TrySetResult();
        page.Load += Loaded;
        await page.Locator("form", new() { Has = page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }) }).First.GetByRole(AriaRole.Button).ClickAsync();
        await loaded.Task.WaitAsync(LoadWait, TestContext.Current.CancellationToken);
        page.Load -= Loaded;
    }
}
