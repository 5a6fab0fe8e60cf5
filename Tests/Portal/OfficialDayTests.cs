using System.Net;
using Microsoft.Playwright;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>The official's day in a real browser, on a real camera: everything is done on the pages, by people with passkeys of their own.</summary>
public sealed class OfficialDayTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly BookingId Talk = new("afspraak-2026-1");
    private static readonly Caller BookingSystem = new("booking-1", Roles.BookingSystem);
    private static readonly RiskAssessment Raised = new(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]);

    [Fact]
    public async Task A_talk_is_prepared_begun_objected_to_assessed_anew_by_another_lengthened_and_stopped_on_the_pages()
    {
        using var folder = new TemporaryFolder();
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera, InService(folder));
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (reception, official, other) = await Enrol(silo, browser);
        await Book(silo);

        // The counter sees what is missing, and neither names nor reasons; the sticker is one tap.
        await reception.Open("/");
        Assert.Contains("ontbreekt: sticker bij de deur", await CardOf(reception, Talk), StringComparison.Ordinal);
        Assert.Equal(0, await reception.Page.GetByRole(AriaRole.Link, new() { Name = Talk.Value }).CountAsync());
        await reception.Keep("today-reception");
        await reception.PressAndGoOn("Sticker gezien bij room-1");
        Assert.DoesNotContain("ontbreekt", await CardOf(reception, Talk), StringComparison.Ordinal);
        Assert.Equal(("/talk", 403), await reception.Open($"/talk?reference={Talk}"));

        // The spoken text is in view word for word; the button under it says that it was read.
        await official.Open("/");
        await official.Keep("today");
        await official.Page.Locator($"a[href='/talk?reference={Talk}']").ClickAsync();
        await Assertions.Expect(official.Page.Locator("blockquote[lang=nl]")).ToHaveTextAsync(await Spoken(silo));
        await official.Keep("talk-before");
        await official.PressAndGoOn("Voorgelezen: begin met opname");
        await Says(official, "Beeld en geluid worden opgenomen");
        Assert.NotNull((await silo.ReadRoom()).Camera!.Recording);

        // It keeps itself fresh, says when the connection is gone, and picks up again.
        var numbers = official.Page.Locator("#now-numbers");
        var first = await numbers.InnerTextAsync();
        await Assertions.Expect(numbers).Not.ToHaveTextAsync(first, new() { UseInnerText = true });
        await Assertions.Expect(numbers).ToContainTextAsync("ja, er komt geluid binnen");
        await official.Keep("talk-recording");
        await official.Page.Context.SetOfflineAsync(true);
        await Assertions.Expect(official.Page.GetByText("Geen verbinding sinds")).ToBeVisibleAsync(new() { Timeout = (float)Soon.TotalMilliseconds });
        await official.Keep("talk-offline");
        await official.Page.Context.SetOfflineAsync(false);
        await Assertions.Expect(official.Page.Locator("#connection")).ToBeHiddenAsync(new() { Timeout = (float)Soon.TotalMilliseconds });

        // Two taps, and nothing is recorded any more; who holds the talk does not decide.
        await official.Page.GetByText("Bezwaar tegen de opname").ClickAsync();
        await official.PressAndGoOn("gewoon gezegd of geschreven");
        await Says(official, "De opname staat stil");
        Assert.Null((await silo.ReadRoom()).Camera!.Recording);
        Assert.Equal(0, await official.Page.GetByRole(AriaRole.Button, new() { Name = "Bezwaar afwijzen" }).CountAsync());
        await official.Keep("talk-objection");

        // Somebody else finds it and decides; the official's page shows it by itself.
        await other.Open("/");
        Assert.Contains("bezwaar wacht op een nieuwe beoordeling", await CardOf(other, Talk), StringComparison.Ordinal);
        await other.Page.Locator($"a[href='/talk?reference={Talk}']").ClickAsync();
        await other.Page.Locator("select[name=reason]").SelectOptionAsync("noAlternativeSuffices");
        await other.Keep("talk-assess");
        await other.PressAndGoOn("Bezwaar afwijzen");
        await Says(official, "Beeld en geluid worden opgenomen");
        await SiloProcess.Until(async () => await Parts(silo) == 2, Soon, () => silo.Log);

        var before = (await Read(silo)).Time!.Value.Until;
        await official.PressAndGoOn($"15 minuten langer, tot {Clock(before.AddMinutes(15))}");
        await official.PressAndGoOn("Gesprek stoppen");
        await Says(official, "Het gesprek is afgelopen");
        await official.Keep("talk-over");

        var read = await Read(silo);
        Assert.Equal((BookingStage.Ended, before.AddMinutes(15)), (read.Stage, read.Time!.Value.Until));
        Assert.Equal((Language.Dutch, read.Interviewer), (read.Spoken!.Language, read.Spoken.By));
        var decision = Assert.IsType<ObjectionDecision.Rejected>(Assert.Single(read.Objections).Decision);
        Assert.Equal(RejectionReason.NoAlternativeSuffices, decision.Reason);
        Assert.NotEqual(read.Interviewer, decision.By);
        Assert.Null((await silo.ReadRoom()).Talk);
    }

    [Fact]
    public async Task A_camera_that_does_not_record_is_said_before_the_talk_and_what_is_chosen_instead_is_kept()
    {
        await using var silo = await SiloProcess.Start();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        await Book(silo);
        var desk = await browser.Desk(silo.Portal);
        await desk.SignInAs("medewerker");
        await desk.Open($"/talk?reference={Talk}");
        Assert.Equal(0, await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Voorgelezen: begin met opname" }).CountAsync());
        await desk.PressAndGoOn("Ik heb de sticker gezien");

        // A swap that is refused says why and what can be done.
        await desk.Page.GetByText("Andere kamer").First.ClickAsync();
        await Book(silo, new BookingId("afspraak-2026-2"));
        Assert.Equal("Die kamer is dan niet vrij. Vrij: geen.", await desk.Press("Naar deze kamer"));

        await desk.PressAndGoOn("Voorgelezen: begin met opname");
        Assert.Contains("de camera is niet bereikbaar", await desk.Page.Locator("section.utrecht-alert--error").InnerTextAsync(), StringComparison.Ordinal);
        await desk.Keep("camera-off");
        await desk.PressAndGoOn("de alarmknop bij de hand");
        await desk.PressAndGoOn("Gesprek voeren zonder opname");
        await Says(desk, "Er wordt niets opgenomen");

        var read = await Read(silo);
        Assert.Equal((CameraOffChoice.AlarmButton, WhyUnrecorded.CameraOff), (read.CameraOff!.Chosen!.Choice, read.Unrecorded));
    }

    [Fact]
    public async Task A_ground_that_is_none_of_the_list_waits_for_a_second_official_and_the_talk_goes_on_in_the_other_camera_room()
    {
        await using var camera = await CameraProcess.Start();
        await using var second = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(
            camera, settings: new Dictionary<string, string> { ["Cameras__camera-2__Address"] = second.Address, ["Cameras__camera-2__CredentialsFile"] = second.CredentialsFile });
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (official, colleague) = (await browser.Desk(silo.Portal), await browser.Desk(silo.Portal));
        await PeopleChanges.Make(silo, "give-role", "demo-reception", Roles.Official);
        await official.SignInAs("medewerker");
        await colleague.SignInAs("receptie");
        await BookAs(silo, "demo-official");

        // Whoever assessed it does not stand behind it a second time.
        await official.Open($"/talk?reference={Talk}");
        await official.PressAndGoOn("Ik heb de sticker gezien");
        await official.PressAndGoOn("Brief vastleggen");
        await Assertions.Expect(official.Page.GetByText("Vraag een andere medewerker om deze pagina te openen en te bevestigen.")).ToBeVisibleAsync();
        Assert.Equal((0, 0), (await Buttons(official, "Ik sta achter deze beoordeling"), await Buttons(official, "Voorgelezen: begin met opname")));
        await official.Keep("talk-needs-second");

        // A colleague does, and the page of who asked goes on by itself.
        await colleague.Open($"/talk?reference={Talk}");
        await colleague.PressAndGoOn("Ik sta achter deze beoordeling");
        Assert.Equal(0, await Buttons(colleague, "Ik sta achter deze beoordeling"));
        await Assertions.Expect(Button(official, "Voorgelezen: begin met opname")).ToBeVisibleAsync(new() { Timeout = (float)Soon.TotalMilliseconds });
        await official.PressAndGoOn("Voorgelezen: begin met opname");
        await Says(official, "Beeld en geluid worden opgenomen");

        // The other room has a door of its own.
        await official.Page.GetByText("Andere kamer").First.ClickAsync();
        Assert.Contains("sticker", await official.Press("Naar deze kamer"), StringComparison.OrdinalIgnoreCase);
        await colleague.Open("/");
        await colleague.PressAndGoOn("Sticker gezien bij room-2");
        await official.PressAndGoOn("Naar deze kamer");
        await Says(official, "Beeld en geluid worden opgenomen");
        await Assertions.Expect(official.Page.Locator("main .nl-data-badge").First).ToHaveTextAsync("room-2");
        await SiloProcess.Until(async () => await Parts(silo) == 2, Soon, () => silo.Log);
        await official.Keep("talk-swapped");
        await official.PressAndGoOn("Gesprek stoppen");
        await Says(official, "Het gesprek is afgelopen");

        var (read, room) = (await Read(silo), await silo.ReadRoom());
        var parts = (await silo.Read(read.Recording!.Value)).Parts;
        Assert.Equal((new RoomId("room-2"), "demo-reception"), (read.Room!.Value, read.Confirmed!.By));
        Assert.Equal([("room-1", "camera-1"), ("room-2", "camera-2")], parts.Select(part => ($"{part.Room}", $"{part.Camera}")));
        Assert.True(parts[0].Span.Until <= parts[1].Span.From, $"{parts[0].Span} {parts[1].Span}"); // the old camera stopped first (R4)
        Assert.All(parts, part => Assert.True(part.VideoFrames > 0 && part.Sound > TimeSpan.Zero));
        Assert.Null(room.Camera!.Recording);
    }

    // As in service: no demo, so that each person has a passkey of one's own.
    private static SiloPlace InService(TemporaryFolder folder) =>
        new("silo", IPAddress.Loopback, folder["certificates"], new Dictionary<string, string> { ["Demo__SignIn"] = "false" });

    private static async Task<(Desk Reception, Desk Official, Desk Other)> Enrol(SiloProcess silo, TownHallBrowser browser)
    {
        var links = PeopleSilo.LinksIn(silo.Log);
        var (operators, secretary) = (await browser.Desk(silo.Portal), await browser.Desk(silo.Portal));
        await operators.Enrol(links["Operator"]);
        await secretary.Enrol(links["Secretary"]);
        Assert.Equal(("", ""), (await operators.SignIn(), await secretary.SignIn()));
        return (await Enrol("balie-1", "Reception"), await Enrol("medewerker-1", "Official"), await Enrol("medewerker-2", "Official"));

        async Task<Desk> Enrol(string label, string role)
        {
            await operators.Open("/people");
            var form = operators.Page.Locator("form", new() { Has = operators.Page.GetByRole(AriaRole.Button, new() { Name = "Nieuwe persoon voorstellen" }) });
            await form.Locator("input[name=label]").FillAsync(label);
            await form.Locator("select[name=role]").SelectOptionAsync(role);
            var code = (await operators.Press("Nieuwe persoon voorstellen")).Split(' ')[^1];
            await secretary.Open("/people/to-confirm");
            var link = (await secretary.Press("Bevestigen")).Split(' ')[^1];
            var desk = await browser.Desk(silo.Portal);
            await desk.Enrol(link, code);
            Assert.Equal("", await desk.SignIn());
            return desk;
        }
    }

    // As the room-booking system does it.
    private static async Task Book(SiloProcess silo, BookingId? reference = null)
    {
        using var _ = SiloProcess.As(BookingSystem);
        var (rooms, booking, now) = (new RoomBooking(silo.Client), reference ?? Talk, TimeProvider.System.GetUtcNow());
        Assert.IsType<BookOutcome.Given>(await rooms.Book(booking, new TimeRange(now, now.AddMinutes(30)), Raised));
        await rooms.RecordLetter(booking, new LetterNotice(DateOnly.FromDateTime(now.UtcDateTime), "model-1.w1", Language.Dutch));
    }

    // By somebody in the portal, on a ground of which the list has no name.
    private static async Task BookAs(SiloProcess silo, string subject)
    {
        using var official = await silo.SignIn(subject);
        var now = TimeProvider.System.GetUtcNow();
        var (status, why) = await official.Ask(
            HttpMethod.Post,
            "/bookings",
            new { reference = Talk.Value, time = new { from = now, until = now.AddMinutes(30) }, assessment = new { risk = "raised", grounds = new[] { "other" }, weighed = new[] { "noneSuffices" } } });
        Assert.True(status == HttpStatusCode.OK, $"{why}");
    }

    private static ILocator Button(Desk desk, string name) => desk.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task<int> Buttons(Desk desk, string name) => Button(desk, name).CountAsync();

    private static async Task<BookingView> Read(SiloProcess silo)
    {
        using var _ = SiloProcess.As(BookingSystem);
        return await new RoomBooking(silo.Client).Read(Talk);
    }

    private static async Task<int> Parts(SiloProcess silo) => (await silo.Read((await Read(silo)).Recording!.Value)).Parts.Length;

    private static async Task<string> Spoken(SiloProcess silo)
    {
        using var _ = SiloProcess.As(BookingSystem);
        return (await silo.Client.Regulation(new SiteId("town-hall")).Notices(Language.Dutch))!.Spoken;
    }

    private static Task<string> CardOf(Desk desk, BookingId booking) => desk.Page.Locator("li.card", new() { HasText = booking.Value }).InnerTextAsync();

    private static Task Says(Desk desk, string word) => Assertions.Expect(desk.Page.Locator("#now-state")).ToContainTextAsync(word, new() { Timeout = (float)Soon.TotalMilliseconds });

    private static string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(moment, "Europe/Amsterdam").ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
