using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A grant with the secretary's own signature under it. Nothing else opens a recording.</summary>
/// <param name="Statement">What was signed.</param>
/// <param name="Signature">By what.</param>
[GenerateSerializer, Immutable, Alias("signed-grant")]
public sealed record SignedGrant(GrantStatement Statement, PasskeySignature Signature);

/// <summary>What a passkey answers to a challenge (WebAuthn, 7.2): anybody with its public key can check it again.</summary>
/// <param name="CredentialId">Which passkey.</param>
/// <param name="AuthenticatorData">Names the portal it was made for, and says whether its holder was verified.</param>
/// <param name="ClientData">What the browser saw, as JSON: the challenge and the portal's origin.</param>
/// <param name="Signature">ECDSA (P-256, SHA-256, DER) over authenticator data and the digest of client data.</param>
[GenerateSerializer, Immutable, Alias("passkey-signature")]
public sealed record PasskeySignature(
    ImmutableArray<byte> CredentialId, ImmutableArray<byte> AuthenticatorData, ImmutableArray<byte> ClientData, ImmutableArray<byte> Signature)
{
    public bool Equals(PasskeySignature? other) =>
        other is not null
        && CredentialId.AsSpan().SequenceEqual(other.CredentialId.AsSpan())
        && AuthenticatorData.AsSpan().SequenceEqual(other.AuthenticatorData.AsSpan())
        && ClientData.AsSpan().SequenceEqual(other.ClientData.AsSpan())
        && Signature.AsSpan().SequenceEqual(other.Signature.AsSpan());

    public override int GetHashCode() => HashCode.Combine(CredentialId.Length, Signature.Length);
}
