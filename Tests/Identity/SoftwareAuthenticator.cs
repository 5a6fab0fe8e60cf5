using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RecordingCluster.Tests.Identity;

/// <summary>A passkey in software: what an authenticator and a browser say together (WebAuthn), and on request what an honest pair never would.</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasKey = 0x40;

    private readonly ECDsa key;
    private readonly HashAlgorithmName hash;
    private uint counter;

    /// <param name="es384">A key of another algorithm than ES256 (COSE -35).</param>
    public SoftwareAuthenticator(bool es384 = false)
    {
        (key, hash) = es384
            ? (ECDsa.Create(ECCurve.NamedCurves.nistP384), HashAlgorithmName.SHA384)
            : (ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var length = (byte)point.X!.Length;

        // RFC 9052: a map of kty (2, EC2), alg (-7 or -35), crv (1 or 2), x and y.
        CosePublicKey = es384
            ? [0xA5, 0x01, 0x02, 0x03, 0x38, 0x22, 0x20, 0x02, 0x21, 0x58, length, .. point.X, 0x22, 0x58, length, .. point.Y!]
            : [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, length, .. point.X, 0x22, 0x58, length, .. point.Y!];
    }

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>As it stands in <c>Passkey.PublicKey</c>.</summary>
    public byte[] CosePublicKey { get; }

    /// <summary>For whom the key was made; what an authenticator gives back when it signs in. Null until <see cref="Register"/>.</summary>
    public string? UserHandle { get; private set; }

    /// <summary>Signs a challenge, as <c>navigator.credentials.get</c> does.</summary>
    public Assertion Sign(byte[] challenge, string rpId, string origin, bool userVerified = true)
    {
        var data = Head(rpId, FlagsOf(userVerified));
        var client = ClientData("webauthn.get", challenge, origin);
        return new Assertion(CredentialId, data, client, key.SignData([.. data, .. SHA256.HashData(client)], hash, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>Answers the options of <c>/people/sign-in/options</c> with the credential as a page sends it.</summary>
    public string SignIn(string options, string origin, bool userVerified = true)
    {
        var asked = JsonDocument.Parse(options).RootElement;
        var assertion = Sign(Challenge(asked), asked.GetProperty("rpId").GetString()!, origin, userVerified);
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(assertion.ClientDataJson),
            authenticatorData = Base64Url.EncodeToString(assertion.AuthenticatorData),
            signature = Base64Url.EncodeToString(assertion.Signature),
            userHandle = UserHandle,
        });
    }

    /// <summary>Answers the options of <c>/people/enrol/options</c>, as <c>navigator.credentials.create</c> does with attestation "none".</summary>
    public string Register(string options, string origin, bool userVerified = true)
    {
        var asked = JsonDocument.Parse(options).RootElement;
        UserHandle = asked.GetProperty("user").GetProperty("id").GetString();
        byte[] idLength = [0, (byte)CredentialId.Length];
        byte[] data =
        [
            .. Head(asked.GetProperty("rp").GetProperty("id").GetString()!, (byte)(HasKey | FlagsOf(userVerified))),
            .. new byte[16], .. idLength, .. CredentialId, .. CosePublicKey, // without a model (AAGUID) of its own
        ];

        // CBOR: { "fmt": "none", "attStmt": {}, "authData": data }
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", Challenge(asked), origin)),
            attestationObject = Base64Url.EncodeToString(attestation),
            transports = new[] { "internal" },
        });
    }

    public void Dispose() => key.Dispose();

    private static byte FlagsOf(bool userVerified) => userVerified ? (byte)(UserPresent | UserVerified) : UserPresent;

    private static byte[] Challenge(JsonElement options) => Base64Url.DecodeFromChars(options.GetProperty("challenge").GetString());

    private static byte[] ClientData(string type, byte[] challenge, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = Base64Url.EncodeToString(challenge), origin, crossOrigin = false });

    private byte[] Head(string rpId, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, ++counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), flags, .. count];
    }

    private string Credential(object response)
    {
        var id = Base64Url.EncodeToString(CredentialId);
        return JsonSerializer.Serialize(new { id, rawId = id, type = "public-key", response, clientExtensionResults = new { }, authenticatorAttachment = "platform" });
    }
}

/// <summary>What an authenticator signed, and with what; the signature is DER over authenticator data and the digest of the client data.</summary>
internal sealed record Assertion(byte[] CredentialId, byte[] AuthenticatorData, byte[] ClientDataJson, byte[] Signature);
