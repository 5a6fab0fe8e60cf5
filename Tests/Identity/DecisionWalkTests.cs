using System.Net;
using System.Text;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Portal.Looking;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>The secretary's word, given in a browser with a passkey, opens what was asked (R12).</summary>
[Collection(LookingCollection.Name)]
public sealed class DecisionWalkTests(LookingTown town)
{
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Fact]
    public async Task What_the_secretary_signs_in_the_browser_is_shown_to_the_one_person_it_names()
    {
        var (silo, request) = (town.Silo, await town.Ask(Administrator, town.Recording));
        var desk = await town.SignInAs("gemeentesecretaris");

        await desk.Open("/my-keys");
        await desk.PressAndGoOn("Toevoegen");
        await desk.Open("/to-decide");
        await desk.Page.Locator($"a[href='/to-decide/{request}']").ClickAsync();
        var says = await desk.Press("Toestaan met uw sleutel");
        var shown = await Look(silo, request);

        using var _ = SiloProcess.As(Administrator);
        var signed = Assert.IsType<Decision.Approved>((await silo.Client.AccessRequest(request).Read()).Decision).SignedGrant;
        Assert.Equal("Toegestaan en ondertekend.", says);
        Assert.Contains($"\"origin\":\"{silo.Portal.GetLeftPart(UriPartial.Authority)}\"", Encoding.UTF8.GetString(signed.Signature.ClientData.AsSpan()), StringComparison.Ordinal);
        Assert.NotEqual(16 + 32, signed.Signature.CredentialId.Length); // that of the demo's own passkey
        Assert.True(shown > 1000, $"{shown} bytes were shown");
        await town.Withdraw(request);
    }

    [Fact]
    public async Task For_the_people_of_the_demo_who_have_no_passkey_the_silos_signs_what_they_decide_and_a_click_signs_them_in_anew()
    {
        var (silo, request) = (town.Silo, await town.Ask(Administrator, town.Recording));
        await AppointDeputy(silo);
        var desk = await town.SignInAs("loco-secretaris");

        await desk.Open($"/to-decide/{request}");
        var says = await desk.Press("Toestaan met uw sleutel");
        using var deputy = await PortalClient.SignIn(silo.Portal, silo.Certificates, "demo-deputy");
        var anew = (await deputy.Ask(HttpMethod.Post, "/people/sign-in/options")).Body.GetProperty("demo").GetString();
        var again = await deputy.Send(HttpMethod.Post, anew!);

        using var _ = SiloProcess.As(Administrator);
        var signed = Assert.IsType<Decision.Approved>((await silo.Client.AccessRequest(request).Read()).Decision).SignedGrant;
        Assert.Equal("Toegestaan en ondertekend.", says);
        Assert.Equal(("demo-deputy", 16 + 32), (signed.Statement.Grant.By, signed.Signature.CredentialId.Length));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        await town.Withdraw(request);
    }

    private static async Task AppointDeputy(SiloProcess silo)
    {
        using var secretary = await PortalClient.SignIn(silo.Portal, silo.Certificates, "demo-secretary");
        var today = Grains.LocalTime.Today(TimeProvider.System);
        var draft = await secretary.Ask(HttpMethod.Post, "/deputies/appointments/draft", new { deputy = "demo-deputy", from = today, until = today });
        var appointed = await secretary.Ask(HttpMethod.Post, "/deputies/appointments", new { appointment = draft.Body.GetProperty("appointment") });
        Assert.Equal(HttpStatusCode.OK, appointed.Status);
    }

    private static async Task<int> Look(SiloProcess silo, AccessRequestId request)
    {
        using var administrator = await PortalClient.SignIn(silo.Portal, silo.Certificates, Administrator.Subject);
        var begun = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        var playlist = new Uri(silo.Portal, begun.Body.GetProperty("playlist").GetString());
        var fragment = Encoding.UTF8.GetString(await administrator.Download(playlist)).Split('\n').First(line => line.EndsWith(".m4s", StringComparison.Ordinal));
        return (await administrator.Download(new Uri(playlist, fragment))).Length;
    }
}
