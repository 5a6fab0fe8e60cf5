using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Silo.Identity;

/// <summary>A passkey in software, for the people of the demo, who have none in their hands: what it signs is checked as everybody's.</summary>
/// <remarks>It exists with the demo's sign-in alone, and its private key in this process alone: each start has another.</remarks>
internal sealed class DemoPasskey(PortalAddress portal, TimeProvider clock, string silo = "silo") : IDisposable
{
    // User present and user verified (WebAuthn, 6.1); no counter.
    private const byte Flags = 0x05;

    private const string LabelBegins = "demo-";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);

    /// <summary>Of the demo people's passkeys, each silo has one.</summary>
    public string Label { get; } = $"{LabelBegins}{silo}";

    /// <summary>Whether a passkey is in no one's hand, but in a silo.</summary>
    public static bool IsOfSilo(Passkey passkey) => passkey.Label.StartsWith(LabelBegins, StringComparison.Ordinal);

    /// <summary>Its public half, as a row of that person holds it.</summary>
    public Passkey Of(string subject) => new()
    {
        CredentialId = [.. id, .. SHA256.HashData(Encoding.UTF8.GetBytes(subject))],
        Subject = subject,
        Label = Label,
        PublicKey = CosePublicKey(),
        AddedAt = clock.GetUtcNow(),
    };

    /// <summary>Answers a challenge as a browser and a key in somebody's hand would.</summary>
    public PasskeySignature Sign(string subject, byte[] challenge)
    {
        var client = JsonSerializer.SerializeToUtf8Bytes(new { type = "webauthn.get", challenge = Base64Url.EncodeToString(challenge), origin = portal.Origin, crossOrigin = false });
        var authenticator = new byte[SHA256.HashSizeInBytes + 1 + sizeof(uint)];
        SHA256.HashData(Encoding.UTF8.GetBytes(portal.Name), authenticator);
        authenticator[SHA256.HashSizeInBytes] = Flags;
        BinaryPrimitives.WriteUInt32BigEndian(authenticator.AsSpan(SHA256.HashSizeInBytes + 1), 0);
        byte[] signed = [.. authenticator, .. SHA256.HashData(client)];
        return new PasskeySignature(
            [.. Of(subject).CredentialId], [.. authenticator], [.. client], [.. key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)]);
    }

    public void Dispose() => key.Dispose();

    // RFC 9053, 7.1.1, in the order of CTAP2's canonical form.
    private byte[] CosePublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt32(3);
        writer.WriteInt32(-7);
        writer.WriteInt32(-1);
        writer.WriteInt32(1);
        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return writer.Encode();
    }
}
