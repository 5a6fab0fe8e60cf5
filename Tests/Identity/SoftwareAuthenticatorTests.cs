using System.Security.Cryptography;
using System.Text.Json;

namespace RecordingCluster.Tests.Identity;

public sealed class SoftwareAuthenticatorTests
{
    [Fact]
    public void What_it_signs_verifies_by_the_key_it_shows()
    {
        using var authenticator = new SoftwareAuthenticator();
        var cose = authenticator.CosePublicKey;
        using var shown = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = cose[10..42], Y = cose[45..77] } });

        var signed = authenticator.Sign([1, 2, 3], "localhost", "https://localhost:8080", userVerified: false);

        byte[] said = [.. signed.AuthenticatorData, .. SHA256.HashData(signed.ClientDataJson)];
        Assert.True(shown.VerifyData(said, signed.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        Assert.Equal(0x01, signed.AuthenticatorData[32]);
        Assert.Equal("AQID", JsonDocument.Parse(signed.ClientDataJson).RootElement.GetProperty("challenge").GetString());
    }
}
