using System.Net;
using System.Text;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>The secretary's word, given in a browser with a passkey, opens what was asked (R12).</summary>
[Collection(AloneCollection.Name)]
public sealed class DecisionWalkTests
{
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);

    [Fact]
    public async Task What_the_secretary_signs_in_the_browser_is_shown_to_the_one_person_it_names()
    {
        await using var camera = await CameraProcess.Start();
        await using var silo = await SiloProcess.Start(camera);
        await using var browser = await TownHallBrowser.Open(silo.Certificates);
        var request = await RecordAndAsk(silo);
        var desk = await browser.Desk(silo.Portal);

        await desk.SignInAs("gemeentesecretaris");
        await desk.Open("/my-keys");
        await desk.PressAndGoOn("Toevoegen");
        await desk.Open("/to-decide");
        await desk.Page.Locator("a[href^='/to-decide/req_']").ClickAsync();
        var says = await desk.Press("Toestaan met uw sleutel");
        var shown = await Look(silo, request);

        using var _ = SiloProcess.As(Administrator);
        var signed = Assert.IsType<Decision.Approved>((await silo.Client.AccessRequest(request).Read()).Decision).SignedGrant;
        Assert.Equal("Toegestaan en ondertekend.", says);
        Assert.Contains($"\"origin\":\"{silo.Portal.GetLeftPart(UriPartial.Authority)}\"", Encoding.UTF8.GetString(signed.Signature.ClientData.AsSpan()), StringComparison.Ordinal);
        Assert.NotEqual(16 + 32, signed.Signature.CredentialId.Length); // that of the demo's own passkey
        Assert.True(shown > 1000, $"{shown} bytes were shown");
    }

    private static async Task<AccessRequestId> RecordAndAsk(SiloProcess silo)
    {
        var (booking, outcome) = await silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await silo.StopTalk(booking);
        var request = AccessRequestId.New();
        using var _ = SiloProcess.As(Administrator);
        var span = (await silo.Client.Recording(recording).Read()).Parts.Single().Span;
        Assert.IsType<AskOutcome.Asked>(await silo.Client.AccessRequest(request).Ask(new AccessQuestion(recording, span, Purpose.ReportToPolice, new CaseReference("case-1"))));
        return request;
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
