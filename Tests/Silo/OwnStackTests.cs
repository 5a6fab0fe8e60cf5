using System.Net;
using RecordingCluster.Tests.Certificates;
using RecordingCluster.Tests.Portal;

namespace RecordingCluster.Tests.Silo;

/// <summary>What somebody with a booking client's certificate gets out of a silo by speaking Orleans' protocol with a program of his own.</summary>
public sealed class OwnStackTests
{
    // How the base64 of a JSON object begins, and so each part of a token.
    private const string Token = "eyJ";

    [Fact]
    public async Task Nobody_hears_the_answers_to_the_portal_by_taking_its_name()
    {
        await using var silo = await SiloProcess.Start();
        using var shown = TestAuthority.LoadFrom(silo.Certificates, "room-booking");
        await using var usual = await OwnStack.Connect(silo.GatewayPort, shown, Guid.NewGuid().ToString("N"));

        await using var hosted = await OwnStack.Connect(silo.GatewayPort, shown, $"hosted-{usual.Silo!.ToParsableString()}");
        using var officer = await PortalClient.SignIn(silo.Portal, silo.Certificates, "demo-officer");
        using var trail = await officer.Send(HttpMethod.Get, "/trail");

        Assert.DoesNotContain(Token, await hosted.ReadToEnd(), StringComparison.Ordinal);
        Assert.Null(hosted.Silo);
        Assert.Equal(HttpStatusCode.OK, trail.StatusCode);
    }

    [Fact]
    public async Task What_a_silo_says_to_its_clients_when_it_stops_holds_no_token_of_its_own()
    {
        await using var silo = await SiloProcess.Start();
        using var shown = TestAuthority.LoadFrom(silo.Certificates, "room-booking");
        await using var client = await OwnStack.Connect(silo.GatewayPort, shown, Guid.NewGuid().ToString("N"));

        var heard = client.ReadToEnd();
        await silo.Stop();

        Assert.NotEmpty(await heard);
        Assert.DoesNotContain(Token, await heard, StringComparison.Ordinal);
    }
}
