using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>An empty installation, as its first operator, secretary and officer meet it: from the links on the console to what is still missing, on the pages alone.</summary>
public sealed class FirstStartTests
{
    [Fact]
    public async Task The_first_three_are_led_through_people_rooms_cameras_and_the_regulation()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await PeopleSilo.Start(camera);
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (operators, secretaries, officers) = (await browser.Desk(silo.Portal), await browser.Desk(silo.Portal), await browser.Desk(silo.Portal));
        await Enter(operators, silo.PrintedLinks["Operator"]);

        // Where the day begins the way is pointed out; the operator sees what is there, and who is missing.
        await operators.Page.GetByRole(AriaRole.Link, new() { Name = "Naar Eerste stappen" }).ClickAsync();
        await Assertions.Expect(Step(operators, "Mensen en rollen")).ToContainTextAsync("gemeentesecretaris: nog niemand kan zich aanmelden");
        await Assertions.Expect(Step(operators, "Mensen en rollen")).ToContainTextAsync("people invite-first");
        await Assertions.Expect(Step(operators, "Spreekkamers")).ToContainTextAsync("room-1: met camera-1");
        await Assertions.Expect(Badge(operators, "Spreekkamers")).ToHaveTextAsync("klaar");
        await Assertions.Expect(Step(operators, "Camera's")).ToContainTextAsync("camera-1 (room-1): nog niet getest");
        await Assertions.Expect(Badge(operators, "Aansluiting van het afsprakensysteem")).ToHaveTextAsync("nog te doen");
        await operators.Keep("first-steps-empty");

        // The camera that is there is measured and fits; where none is, the page says what to look at.
        await Step(operators, "Camera's").GetByRole(AriaRole.Link, new() { Name = "Naar Camera's" }).ClickAsync();
        await Test(operators, "camera-1");
        await Assertions.Expect(Card(operators, "camera-1")).ToContainTextAsync("H.264, 640 × 360, 15,");
        await Assertions.Expect(Card(operators, "camera-1")).ToContainTextAsync("elke 1,0 s");
        await Assertions.Expect(Card(operators, "camera-1")).ToContainTextAsync("G.711 A-law, 8000 Hz, gemiddeld -");
        await Assertions.Expect(Card(operators, "camera-1").Locator("h2 .nl-data-badge")).ToHaveTextAsync("klaar om op te nemen");
        await Test(operators, "camera-2");
        await Assertions.Expect(Card(operators, "camera-2")).ToContainTextAsync("Kijk of de camera stroom en netwerk heeft, en of adres en poort in Cameras:camera-2:Address kloppen.");
        Assert.Equal(0, await operators.Page.Locator("img:not([alt='']), video, canvas").CountAsync()); // numbers, and never a picture
        await operators.Keep("cameras-tested");

        // The password is changed behind its back: read anew, and said.
        await File.WriteAllTextAsync(camera.CredentialsFile, "recorder:wrong\n", TestContext.Current.CancellationToken);
        await Test(operators, "camera-1");
        await Assertions.Expect(Card(operators, "camera-1")).ToContainTextAsync("De camera weigert het wachtwoord.");

        // The operator's log has what only ffmpeg knows.
        Assert.Matches("camera-2 gave nothing when it was measured: Unreachable.* Connection refused", silo.Output);
        Assert.Matches("camera-1 gave nothing when it was measured: LoginRefused.* 401 Unauthorized", silo.Output);

        // Secretary and officer find what is theirs.
        await Enter(secretaries, silo.PrintedLinks["Secretary"]);
        await secretaries.Page.GetByRole(AriaRole.Link, new() { Name = "Naar Eerste stappen" }).ClickAsync();
        await Assertions.Expect(Step(secretaries, "Camerareglement")).ToContainTextAsync("Dit is aan u");
        await Assertions.Expect(Step(secretaries, "Camera's")).ToContainTextAsync("camera-2 (room-2): getest op");
        Assert.Equal(0, await secretaries.Page.Locator("a[href='/cameras']").CountAsync());
        await Enter(officers, silo.PrintedLinks["DataProtectionOfficer"]);
        await officers.Open("/first-steps");
        await Assertions.Expect(Step(officers, "Mensen en rollen")).ToContainTextAsync("gemeentesecretaris: 1 kan zich aanmelden");
        await Assertions.Expect(Step(officers, "Mensen en rollen")).Not.ToContainTextAsync("people invite-first");
        await Regulate(secretaries, officers);
        await secretaries.Open("/first-steps");
        await Assertions.Expect(Badge(secretaries, "Camerareglement")).ToHaveTextAsync("klaar");
        await secretaries.Open("/");
        await Assertions.Expect(secretaries.Page.GetByText("Er geldt nog geen camerareglement")).ToHaveCountAsync(0);
        Assert.Equal("3", silo.Owner("SELECT count(*) FROM audit_trail WHERE deed = 'camera/measure' AND result = 'Done'"));
    }

    private static async Task Enter(Desk desk, string link)
    {
        Assert.Contains("ingeschreven", await desk.Enrol(link), StringComparison.Ordinal);
        Assert.Equal("", await desk.SignIn());
    }

    private static async Task Test(Desk desk, string camera)
    {
        await Assertions.Expect(desk.Page).ToHaveURLAsync(new Regex("/cameras$"));
        await desk.Page.Loaded(); // or its load would be taken for that of the next page
        await desk.PressAndGoOn($"{camera} testen"); // not by the time that the page tells: two tests can end in one second
    }

    private static async Task Regulate(Desk secretaries, Desk officers)
    {
        await Step(secretaries, "Camerareglement").GetByRole(AriaRole.Link, new() { Name = "Naar Camerareglement" }).ClickAsync();
        await Assertions.Expect(secretaries.Page).ToHaveURLAsync(new Regex("/regulation/"));
        await secretaries.Page.Loaded(); // or its load would be taken for that of the next page
        await secretaries.Page.Locator("input[name=version]").FillAsync("reglement-1");
        await secretaries.PressAndGoOn("Begin met het model");
        await officers.Open("/regulation/overview/reglement-1");
        await officers.Page.Locator("input[name=document]").FillAsync("dms:2026/17");
        await officers.PressAndGoOn("Advies vastleggen");
        await secretaries.Open("/regulation/overview/reglement-1");
        await secretaries.Page.Locator("input[name=on]").FillAsync("2026-11-01");
        await secretaries.Page.Locator("form[data-send$=consent] input[name=document]").FillAsync("dms:2026/18");
        await secretaries.PressAndGoOn("Instemming vastleggen");
        await secretaries.PressAndGoOn("Vaststellen");
    }

    private static ILocator Step(Desk desk, string name) => desk.Page.Locator(".step", new() { Has = desk.Page.Locator("h2", new() { HasText = name }) });

    private static ILocator Badge(Desk desk, string name) => Step(desk, name).Locator("h2 .nl-data-badge");

    private static ILocator Card(Desk desk, string camera) => desk.Page.Locator(".card", new() { Has = desk.Page.Locator("h2", new() { HasText = camera }) });
}
