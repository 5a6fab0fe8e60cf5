using Microsoft.Playwright;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>People in a real browser with passkeys, at the real silo.</summary>
public sealed class PeopleWalkTests
{
    [Fact]
    public async Task From_the_first_links_to_an_administrator_whose_role_is_taken_away_while_signed_in()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (operators, officers, administrators) = (await browser.Desk(silo.Portal), await browser.Desk(silo.Portal), await browser.Desk(silo.Portal));
        var links = silo.PrintedLinks;

        Assert.Equal(["DataProtectionOfficer", "Operator", "Secretary"], links.Keys.Order());
        Assert.Contains("ingeschreven", await operators.Enrol(links["Operator"]), StringComparison.Ordinal);
        Assert.DoesNotContain('#', operators.Page.Url);
        Assert.Contains("ingeschreven", await officers.Enrol(links["DataProtectionOfficer"]), StringComparison.Ordinal);
        Assert.Contains("al gebruikt", await administrators.Enrol(links["Operator"]), StringComparison.Ordinal);
        Assert.Equal("", await operators.SignIn());
        Assert.Equal("", await officers.SignIn());
        Assert.Equal(("/people", 200), await operators.Open("/people"));
        Assert.Equal(("/people", 403), await officers.Open("/people"));

        var code = await Propose(operators, "camerabeheerder-1", "CameraAdministrator");
        await officers.Open("/people/to-confirm");
        var link = (await officers.Press("Bevestigen")).Split(' ')[^1];
        Assert.Contains("code klopt niet", await administrators.Enrol(link), StringComparison.Ordinal);
        Assert.Contains("ingeschreven", await administrators.Enrol(link, code), StringComparison.Ordinal);
        Assert.Equal("", await administrators.SignIn());
        var signedIn = await administrators.Open("/my-keys");

        await operators.Open("/people");
        await Form(operators, "Rol voorstellen").Locator("select[name=kind]").SelectOptionAsync("take-role");
        await Form(operators, "Rol voorstellen").Locator("select[name=subject]").SelectOptionAsync(new SelectOptionValue { Label = "camerabeheerder-1" });
        await Form(operators, "Rol voorstellen").Locator("select[name=role]").SelectOptionAsync("CameraAdministrator");
        await operators.PressAndGoOn("Rol voorstellen");
        var beforeConfirmed = await administrators.Open("/my-keys");
        await officers.Open("/people/to-confirm");
        await officers.PressAndGoOn("Bevestigen");
        var afterwards = await administrators.Open("/my-keys");

        Assert.Equal([("/my-keys", 200), ("/my-keys", 200), ("/sign-in", 200)], new[] { signedIn, beforeConfirmed, afterwards });
        Assert.Equal("0", silo.Owner("SELECT roles FROM people WHERE label = 'camerabeheerder-1'"));
        Assert.Equal(
            ["people/confirm", "people/enrol", "people/first-start", "people/propose", "people/sign-in"],
            silo.Owner("SELECT DISTINCT deed FROM audit_trail WHERE deed LIKE 'people/%' ORDER BY 1").Split('\n'));
        Assert.Equal("0", silo.Owner("SELECT count(*) FROM audit_trail opened WHERE deed LIKE 'people/%' AND result = 'Opened' AND deed <> 'people/first-start' AND NOT EXISTS (SELECT 1 FROM audit_trail closed WHERE closed.opening = opened.number)"));
    }

    [Fact]
    public async Task Own_keys_are_added_and_withdrawn_and_signing_out_everywhere_ends_every_session()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var desk = await browser.Desk(silo.Portal);
        await desk.Enrol(silo.PrintedLinks["Operator"]);
        await desk.SignIn();

        await desk.Open("/my-keys");
        Assert.Contains("laatste sleutel", await desk.Press("sleutel-1 intrekken"), StringComparison.Ordinal);
        await desk.Open("/people");
        Assert.Contains("Over uzelf", await desk.Press("sleutel-1 van systeembeheerder-1 laten intrekken"), StringComparison.Ordinal);

        // The same authenticator does not enrol twice, so the second key stands on another one.
        await desk.Open("/my-keys");
        var again = await desk.Press("Toevoegen");
        Assert.Contains("al ingeschreven", again, StringComparison.Ordinal);
        await AnotherKey(desk);
        await desk.Open("/my-keys");
        await desk.PressAndGoOn("Toevoegen");
        Assert.Equal(2, await desk.Page.Locator("tbody tr").CountAsync());
        await desk.PressAndGoOn("sleutel-1 intrekken");
        Assert.Equal("/sign-in", (await desk.Open("/my-keys")).Path);
        Assert.Equal("", await desk.SignIn());

        await desk.Open("/my-keys");
        await desk.PressAndGoOn("Op alle plaatsen afmelden");
        Assert.Equal("/sign-in", (await desk.Open("/my-keys")).Path);
    }

    [Fact]
    public async Task Who_was_led_to_sign_in_is_led_back_into_the_portal_whatever_the_address_says()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var desk = await browser.Desk(silo.Portal);

        foreach (var wanted in new[] { "https://elsewhere.example/", "//elsewhere.example/", "/.//elsewhere.example/", $"{silo.Portal}/elsewhere.example/", "/my-keys?x=1" })
        {
            await desk.Open($"/sign-in?ReturnUrl={Uri.EscapeDataString(wanted)}");
            Assert.Equal(silo.Portal.Authority, await desk.Page.EvaluateAsync<string>("import('/portal.js').then(({ wayBack }) => new URL(wayBack(), location.href).host)"));
        }

        Assert.Equal("/my-keys?x=1", await desk.Page.EvaluateAsync<string>("import('/portal.js').then(({ wayBack }) => new URL(wayBack(), location.href)).then(({ pathname, search }) => pathname + search)"));
    }

    [Fact]
    public async Task A_row_changed_behind_the_silos_back_cannot_sign_in_ends_its_session_and_is_in_the_trail_while_others_go_on()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (operators, secretaries) = (await browser.Desk(silo.Portal), await browser.Desk(silo.Portal));
        await operators.Enrol(silo.PrintedLinks["Operator"]);
        await secretaries.Enrol(silo.PrintedLinks["Secretary"]);
        await operators.SignIn();
        await secretaries.SignIn();

        // The owner of the database makes the operator a secretary.
        var subject = silo.Owner("SELECT subject FROM people WHERE roles = 64");
        silo.Owner("UPDATE people SET roles = 16 WHERE roles = 64");
        var session = await operators.Open("/my-keys");
        var signIn = await operators.SignIn();
        var other = await secretaries.Open("/my-keys");
        await SiloProcess.Until(() => Task.FromResult(Refusals() == "1"), TimeSpan.FromSeconds(10), () => silo.Output);

        Assert.Equal("/sign-in", session.Path);
        Assert.Contains("niet herkend", signIn, StringComparison.Ordinal);
        Assert.Equal("/my-keys", other.Path);
        Assert.Contains($"The row of {subject} is not what this cluster wrote", silo.Output, StringComparison.Ordinal);

        string Refusals() => silo.Owner($"SELECT count(*) FROM audit_trail WHERE deed = 'people/seal' AND result = 'Refused' AND subject = '{subject}'");
    }

    [Fact]
    public async Task A_link_that_has_expired_is_refused_and_a_later_start_prints_none_even_when_all_people_were_deleted()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var desk = await browser.Desk(silo.Portal);
        var links = silo.PrintedLinks;
        await silo.Change("systeembeheerder-1", person => person.Link = new OneTimeLink { Digest = person.Link!.Digest, ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) });

        var expired = await desk.Enrol(links["Operator"]);
        await silo.Stop();
        await silo.ComeBack();
        var second = silo.Output;
        await silo.Stop();
        silo.Owner("DELETE FROM people_passkeys; DELETE FROM people");
        await silo.ComeBack();

        Assert.Contains("verlopen", expired, StringComparison.Ordinal);
        Assert.Equal(3, links.Count);
        Assert.DoesNotContain("/enrol#", second, StringComparison.Ordinal);
        Assert.DoesNotContain("/enrol#", silo.Output, StringComparison.Ordinal);
        Assert.Equal("0", silo.Owner("SELECT count(*) FROM people"));
    }

    [Fact]
    public async Task A_session_that_is_no_longer_fresh_is_asked_for_the_key_again_and_the_deed_goes_on()
    {
        await using var silo = await PeopleSilo.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var desk = await browser.Desk(silo.Portal);
        await desk.Enrol(silo.PrintedLinks["Operator"]);
        await desk.SignIn();
        var asked = 0;
        await desk.Page.RouteAsync("**/people/proposals", route => Interlocked.Increment(ref asked) > 1
            ? route.ContinueAsync()
            : route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = $$"""{"type":"{{FreshSignIn.ProblemType}}"}""" }));

        var code = await Propose(desk, "receptie-2", "Reception");

        Assert.Equal(2, asked);
        Assert.Equal(23, code.Length);
        Assert.Equal("2", silo.Owner("SELECT count(*) FROM audit_trail WHERE deed = 'people/sign-in' AND result = 'Done'"));
    }

    private static async Task<string> Propose(Desk desk, string label, string role)
    {
        await desk.Open("/people");
        await Form(desk, "Nieuwe persoon voorstellen").Locator("input[name=label]").FillAsync(label);
        await Form(desk, "Nieuwe persoon voorstellen").Locator("select[name=role]").SelectOptionAsync(role);
        return (await desk.Press("Nieuwe persoon voorstellen")).Split(' ')[^1];
    }

    private static ILocator Form(Desk desk, string button) =>
        desk.Page.Locator("form", new() { Has = desk.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }) });

    private static async Task AnotherKey(Desk desk)
    {
        var devtools = await desk.Page.Context.NewCDPSessionAsync(desk.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "usb",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
