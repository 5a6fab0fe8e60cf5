using System.Buffers.Text;
using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Portal.Endpoints;

/// <summary>The answer of a passkey, each field in base64url as browsers write it (WebAuthn, 5.5).</summary>
internal sealed record SignatureDto(string CredentialId, string AuthenticatorData, string ClientDataJSON, string Signature)
{
    /// <summary>What a page asks of the passkey (WebAuthn, 5.5); null for somebody of the demo who has none, and for whom the silo's signs.</summary>
    public static async Task<object?> Options(byte[] challenge, PortalAddress portal, Caller caller, DemoHands hands) =>
        await hands.AreEmpty(caller.Subject) ? null : new { challenge = Base64Url.EncodeToString(challenge), rpId = portal.Name, userVerification = "required" };

    /// <summary>What the caller's passkey answered. The people of the demo have none in their hands: there the silo's signs.</summary>
    /// <exception cref="RecordingClusterException">InvalidInput: it is missing or malformed.</exception>
    public static PasskeySignature Read(SignatureDto? signature, byte[] challenge, Caller caller, DemoOptions demo, DemoPasskey demoPasskey) =>
        signature?.ToSignature() ?? (demo.SignIn ? demoPasskey.Sign(caller.Subject, challenge) : throw Missing());

    private PasskeySignature ToSignature() => new(Bytes(CredentialId), Bytes(AuthenticatorData), Bytes(ClientDataJSON), Bytes(Signature));

    private static RecordingClusterException Missing() =>
        RecordingClusterException.Invalid("signature", "is missing.", "Let your passkey answer the challenge of the draft, and send what it answers.");

    private static ImmutableArray<byte> Bytes(string text) => Base64Url.IsValid(text)
        ? [.. Base64Url.DecodeFromChars(text)]
        : throw RecordingClusterException.Invalid("signature", "must have each of its fields in base64url.", "Send them as the browser's toJSON() writes them.");
}
