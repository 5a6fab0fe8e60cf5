using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Deputies;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A grant with the signature of the secretary under it, or of a deputy and then the secretary's under the appointment. Nothing else opens a recording.</summary>
/// <param name="Statement">What was signed.</param>
/// <param name="Signature">By what.</param>
/// <param name="Appointment">Where a deputy signed: by what right. The grain that takes the decision puts it in, whatever the caller sent.</param>
[GenerateSerializer, Immutable, Alias("signed-grant")]
public sealed record SignedGrant(GrantStatement Statement, PasskeySignature Signature, SignedAppointment? Appointment = null);

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
