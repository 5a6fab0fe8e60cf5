using System.Buffers.Text;
using System.Collections.Immutable;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Silo.Security;

/// <summary>Checks what a passkey signed (WebAuthn, 7.2) as anybody could who has its public key, without a session and without a server's memory.</summary>
/// <param name="PortalName">The relying party's id: the name that passkeys are bound to.</param>
/// <param name="Origin">The only origin that a browser may have seen.</param>
internal sealed record PasskeyCheck(string PortalName, string Origin)
{
    // Digest of the relying party's id, flags, counter; extensions may follow (WebAuthn, 6.1).
    private const int LeastAuthenticatorBytes = SHA256.HashSizeInBytes + 1 + 4;

    // What a browser writes is some hundred bytes; extensions make it longer.
    private const int MostBytes = 4096;

    private const byte UserPresent = 0x01, UserVerified = 0x04;

    /// <summary>Why this is not a signature of that key under that challenge; null when it is.</summary>
    public string? WhyNot(PasskeySignature signature, byte[] challenge, ReadOnlyMemory<byte> coseKey)
    {
        if (new[] { signature.AuthenticatorData, signature.ClientData, signature.Signature }.Any(field => field.IsDefault || field.Length > MostBytes))
        {
            return "a field of it is missing or too long";
        }

        return WhyNotClient(signature.ClientData, challenge) ?? WhyNotAuthenticator(signature.AuthenticatorData) ?? WhyNotSigned(signature, coseKey);
    }

    private string? WhyNotClient(ImmutableArray<byte> clientData, byte[] challenge)
    {
        try
        {
            using var client = JsonDocument.Parse(clientData.AsMemory());
            string? Text(string name) => client.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return Text("type") != "webauthn.get" ? "it is no answer to a challenge"
                : Text("challenge") != Base64Url.EncodeToString(challenge) ? "it was made for another statement"
                : Text("origin") != Origin ? "it was made at another portal"
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "what the browser saw cannot be read";
        }
    }

    private string? WhyNotAuthenticator(ImmutableArray<byte> data) =>
        data.Length < LeastAuthenticatorBytes ? "it is cut off"
        : !data.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(PortalName))) ? "it was made for another portal"
        : (data[SHA256.HashSizeInBytes] & UserPresent) == 0 ? "nobody was present"
        : (data[SHA256.HashSizeInBytes] & UserVerified) == 0 ? "its holder was not verified"
        : null;

    private static string? WhyNotSigned(PasskeySignature signature, ReadOnlyMemory<byte> coseKey)
    {
        byte[] signed = [.. signature.AuthenticatorData, .. SHA256.HashData(signature.ClientData.AsSpan())];
        try
        {
            using var key = ReadKey(coseKey);
            return key.VerifyData(signed, signature.Signature.AsSpan(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ? null : "the key did not sign this";
        }
        catch (Exception fault) when (fault is CryptographicException or CborContentException or InvalidOperationException or OverflowException)
        {
            return "the key cannot be read";
        }
    }

    // RFC 9053, 7.1.1: kty 2 (EC2), alg -7 (ES256), crv 1 (P-256), x, y. Enrolment takes no other.
    private static ECDsa ReadKey(ReadOnlyMemory<byte> coseKey)
    {
        var reader = new CborReader(coseKey, CborConformanceMode.Ctap2Canonical);
        var numbers = new Dictionary<long, long>();
        var texts = new Dictionary<long, byte[]>();
        for (var left = reader.ReadStartMap() ?? 0; left > 0; left--)
        {
            var label = reader.ReadInt64();
            if (reader.PeekState() == CborReaderState.ByteString)
            {
                texts[label] = reader.ReadByteString();
            }
            else
            {
                numbers[label] = reader.ReadInt64();
            }
        }

        return numbers.GetValueOrDefault(1) == 2 && numbers.GetValueOrDefault(3) == -7 && numbers.GetValueOrDefault(-1) == 1 && texts.TryGetValue(-2, out var x) && texts.TryGetValue(-3, out var y)
            ? ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } })
            : throw new CryptographicException("It is no key on P-256.");
    }
}
