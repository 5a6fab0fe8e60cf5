using Microsoft.Playwright;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>Whatever ends a viewing ends it while it plays, at once, with a sentence, and without a picture left behind (R8, R13, R15).</summary>
[Collection(LookingCollection.Name)]
public sealed class ViewingEndTests(LookingTown town)
{
    private const string SignedOut = "U bent afgemeld. De inzage is daarom gestopt.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Fact]
    public async Task The_end_of_the_grants_term()
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(20);
        var request = await town.Grant(Administrator, town.Recording, until);
        var player = await OpenPlayer.Begin(await town.SignInAs("camerabeheerder"), request);

        await player.Ends("De termijn van de toestemming is voorbij. De inzage is daarom gestopt.", player.Plays, until);

        await IsClosed(request);
    }

    [Fact]
    public async Task The_end_of_the_recordings_own_term()
    {
        var term = TimeSpan.FromSeconds(50);
        await TestRegulation.Activate(
            town.Silo.Client, SiloProcess.As, TestRegulation.Content with { Terms = TestRegulation.Terms with { Retention = term } }, new RegulationVersionId("model-2"));
        var recording = await town.Record(10);
        var request = await town.Grant(Administrator, recording);
        var player = await OpenPlayer.Begin(await town.SignInAs("camerabeheerder"), request);

        await player.Ends("De bewaartermijn van de opname is voorbij. Niemand kan haar nog bekijken.", player.Plays, (await town.Read(request)).RecordingExpiresAt);

        await IsClosed(request);
    }

    [Fact]
    public async Task Signing_out_everywhere_from_another_desk()
    {
        var request = await town.Grant(Administrator, town.Recording);
        var (here, elsewhere) = (await town.SignInAs("camerabeheerder"), await town.SignInAs("camerabeheerder"));
        var player = await OpenPlayer.Begin(here, request);
        await elsewhere.Open("/my-keys");

        await player.Ends(SignedOut, () => elsewhere.PressAndGoOn("Op alle plaatsen afmelden"));

        Assert.Equal("/sign-in", new Uri(elsewhere.Page.Url).AbsolutePath);
        Assert.NotNull((await town.Read(request)).Viewings.Single().EndedAt); // in the trail at once, and not when the term is over
        await IsClosed(request);

        // It was the one time that was granted: to sign in again does not bring it back.
        await here.SignInAs("camerabeheerder");
        await here.Open($"/my-requests/{request}");
        Assert.Equal(0, await here.Page.GetByRole(AriaRole.Button, new() { Name = "Bekijken" }).CountAsync());
        await town.Withdraw(request);
    }

    [Fact]
    public async Task A_role_that_two_people_take_also_on_the_pages_that_are_open()
    {
        var counter = new Caller("demo-reception", Roles.Reception | Roles.CameraAdministrator);
        await PeopleChanges.Make(town.Silo, "give-role", counter.Subject, Roles.CameraAdministrator);
        var request = await town.Grant(counter, town.Recording);
        var desk = await town.SignInAs("receptie");
        var player = await OpenPlayer.Begin(desk, request);
        var asking = await desk.Page.Context.NewPageAsync();
        await asking.GotoAsync($"/find/{town.Recording}");
        await asking.Locator("input[name=case]").FillAsync("zaak-2026-7");

        await player.Ends(SignedOut, () => PeopleChanges.Make(town.Silo, "take-role", counter.Subject, Roles.CameraAdministrator));

        await asking.GetByRole(AriaRole.Button, new() { Name = "Vraag inzage" }).ClickAsync();
        await Assertions.Expect(asking.Locator("form[data-do=ask] output")).ToHaveTextAsync("U bent afgemeld. Meld u opnieuw aan.");
        await desk.SignInAs("receptie");
        Assert.Equal(("/", 200), await desk.Open("/"));
        Assert.Equal(("/find", 403), await desk.Open("/find"));
        Assert.IsType<Decision.Lapsed>((await town.Read(request)).Decision);
        await IsClosed(request);
    }

    // What was watched stands in the request, and the viewing is over in it.
    private async Task IsClosed(AccessRequestId request)
    {
        await SiloProcess.Until(async () => (await town.Read(request)).Viewings.Single().EndedAt is not null, Soon, () => town.Silo.Log);
        Assert.NotEmpty((await town.Read(request)).Viewings.Single().Watched);
    }
}
