using System.Net;

namespace RecordingCluster.Tests.Identity;

/// <summary>What a passkey must say to be enrolled and to sign in, by keys that say otherwise.</summary>
public sealed class PasskeyTests
{
    private const string Elsewhere = "https://elsewhere.example";

    [Fact]
    public async Task Only_a_key_of_ES256_that_this_portal_asked_for_and_that_verified_its_user_enrols()
    {
        await using var silo = await PeopleSilo.Start();
        var link = silo.PrintedLinks["Operator"];
        using var other = new KeyHolder(silo, new SoftwareAuthenticator(es384: true));
        using var good = new KeyHolder(silo);

        var algorithms = (await good.EnrolmentOptions(link)).GetProperty("pubKeyCredParams").EnumerateArray().Select(one => one.GetProperty("alg").GetInt32());
        var refused = new[] { await other.Enrol(link), await good.Enrol(link, origin: Elsewhere), await good.Enrol(link, userVerified: false) };

        Assert.Equal([-7], algorithms);
        Assert.All(refused, status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Equal(HttpStatusCode.OK, await good.Enrol(link));
    }

    [Fact]
    public async Task A_sign_in_for_another_origin_or_without_its_user_verified_or_by_another_key_is_refused_and_in_the_trail()
    {
        await using var silo = await PeopleSilo.Start();
        using var holder = new KeyHolder(silo);
        using var stranger = new KeyHolder(silo);
        await holder.Enrol(silo.PrintedLinks["Operator"]);
        await stranger.EnrolmentOptions(silo.PrintedLinks["Secretary"]);

        var refused = new[]
        {
            await holder.SignIn(origin: Elsewhere), await holder.SignIn(origin: $"{holder.Origin}.elsewhere.example"), await holder.SignIn(origin: "https://localhost"),
            await holder.SignIn(userVerified: false), await stranger.SignIn(),
        };
        var written = silo.Owner("SELECT count(*) FROM audit_trail WHERE deed = 'people/sign-in' AND result = 'Refused'");

        Assert.All(refused, status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Equal("5", written);
        Assert.Equal(HttpStatusCode.NoContent, await holder.SignIn());
    }
}
