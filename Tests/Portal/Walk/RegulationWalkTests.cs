using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Tests.Identity;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>The first regulation, from the model to its day, and what the officer can do to it: on the pages alone (R6, R17).</summary>
public sealed class RegulationWalkTests
{
    private static readonly Caller Officer = new("demo-officer", Roles.DataProtectionOfficer);

    [Fact]
    public async Task Secretary_and_officer_bring_the_model_into_force_and_the_officer_switches_sound_off()
    {
        await using var silo = new PortalSilo { HasRegulation = false };
        await silo.InitializeAsync();
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var (secretary, officer) = (await browser.Desk(silo.Address), await browser.Desk(silo.Address));
        await secretary.SignInAs("gemeentesecretaris");
        await officer.SignInAs("functionaris gegevensbescherming");

        // From the model; the officer's advice comes before the works council's consent.
        await secretary.Open("/regulation/overview");
        await Assertions.Expect(secretary.Page.GetByText("Er is geen reglement van kracht.")).ToBeVisibleAsync();
        await secretary.Page.Locator("input[name=version]").FillAsync("reglement-1");
        await secretary.PressAndGoOn("Begin met het model");
        Assert.Equal("/regulation/overview/reglement-1", new Uri(secretary.Page.Url).AbsolutePath);
        Assert.Contains("ontbreekt", await secretary.Press("Vaststellen"), StringComparison.Ordinal);

        // A term is changed, and nothing else becomes another by it.
        await secretary.Page.GetByText("Tekst en termijnen aanpassen").ClickAsync();
        await secretary.Page.Locator("input[name=retention]").FillAsync("7");
        await secretary.PressAndGoOn("Bewaren");
        await officer.Open("/regulation/overview/reglement-1");
        await officer.Page.Locator("input[name=document]").FillAsync("dms:2026/17");
        await officer.PressAndGoOn("Advies vastleggen");
        await secretary.Open("/regulation/overview/reglement-1");
        await secretary.Page.Locator("input[name=on]").FillAsync("2026-11-01");
        await secretary.Page.Locator("form[data-send$=consent] input[name=document]").FillAsync("dms:2026/18");
        await secretary.PressAndGoOn("Instemming vastleggen");
        await secretary.PressAndGoOn("Vaststellen");
        await Assertions.Expect(secretary.Page.Locator("main .nl-data-badge").First).ToHaveTextAsync("van kracht");

        // The officer asks for an amendment, and does not wait for it.
        await officer.Open("/regulation/overview");
        await officer.Page.Locator("input[name=articles][value=sound]").CheckAsync();
        await officer.Page.Locator("form[data-lists] input[name=document]").FillAsync("dms:2026/19");
        await officer.PressAndGoOn("Vragen");
        await Assertions.Expect(officer.Page.Locator("table").GetByText("dms:2026/19")).ToBeVisibleAsync();
        await officer.Page.GetByLabel("Ik weet dat dit meteen geldt").CheckAsync();
        await officer.PressAndGoOn("Nu uitzetten");

        using var _ = silo.As(Officer);
        var regulation = silo.Grains.Regulation(new SiteId("town-hall"));
        var (inForce, version) = (await regulation.InForce(), Assert.Single(await regulation.Versions()));
        Assert.Equal((TimeSpan.FromDays(7), false, true), (inForce!.Terms.Retention, inForce.Terms.Sound, inForce.Terms.Recording));
        Assert.Equal(RecordingCluster.Silo.Publishing.ModelRegulation.Read() with { Terms = version.Content.Terms }, version.Content);
        Assert.Equal(ArticleId.Sound, Assert.Single(Assert.Single(await regulation.Amendments()).Articles));
    }
}
