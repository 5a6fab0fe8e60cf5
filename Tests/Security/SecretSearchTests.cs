using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Tests.Security;

/// <summary>The search itself: it finds what is there, however it is written.</summary>
public sealed class SecretSearchTests
{
    private const string Password = "s3cr't/pass@1";

    [Theory]
    [InlineData("login s3cr't/pass@1 refused")]
    [InlineData("rtsp://recorder:s3cr%27t%2Fpass%401@10.0.5.11/")]
    [InlineData("{\"password\":\"s3cr\\u0027t/pass@1\"}")]
    [InlineData("Basic cmVjb3JkZXI6czNjcid0L3Bhc3NAMQ==")]
    [InlineData("key 7333637227742F706173734031")]
    public void A_password_is_found_in_every_form(string place)
    {
        var search = new SecretSearch();
        search.Know("the password", Password);

        search.Look("here", place);
        search.Look("nothing here", "rtsp://recorder@10.0.5.11/ s3cr");

        Assert.NotEmpty(search.Found);
        Assert.All(search.Found, found => Assert.StartsWith("here holds the password", found, StringComparison.Ordinal));
    }

    [Fact]
    public void A_private_key_and_a_token_are_found_known_or_not()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var number = key.ExportParameters(includePrivateParameters: true).D!;
        var search = new SecretSearch();
        search.KnowKey("the key", key.ExportPkcs8PrivateKeyPem());
        var token = CallerToken.Sign(new Caller("room-booking", Roles.BookingSystem), new TestCertificates().Issue("room-booking", CertificateRole.BookingClient), TimeProvider.System.GetUtcNow());

        search.Look("number", number);
        search.Look("line", key.ExportPkcs8PrivateKeyPem().Split('\n')[1]);
        search.Look("dump", Encoding.UTF8.GetBytes(Convert.ToBase64String([1, .. key.ExportPkcs8PrivateKey()])));
        search.Look("another key", "-----BEGIN EC PRIVATE KEY-----");
        search.Look("token", $"call with {token} failed");
        search.Look("public", key.ExportSubjectPublicKeyInfoPem());

        Assert.Equal(["another key", "dump", "line", "number", "token"], search.Found.Select(found => found[..found.IndexOf(" holds", StringComparison.Ordinal)]).Distinct().Order());
    }
}
