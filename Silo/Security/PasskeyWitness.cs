using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Security;

/// <summary>Holds a grant against the passkey of the secretary it names, as it stands in the sealed row of that person now.</summary>
/// <remarks>A key that was withdrawn, or a secretary who is none any more, no longer opens anything: grants lapse with it.</remarks>
internal sealed class PasskeyWitness(IPasskeyKeys keys, PasskeyCheck check) : IGrantWitness
{
    public async Task<string?> WhyNot(SignedGrant signedGrant)
    {
        if (signedGrant.Signature.CredentialId.IsDefaultOrEmpty)
        {
            return "it names no passkey";
        }

        var key = await keys.Find(signedGrant.Statement.Grant.By, signedGrant.Signature.CredentialId.AsMemory());
        return key is null ? "it is by no passkey of the person it names"
            : (key.Roles & Roles.Secretary) == 0 ? "who signed is no secretary"
            : check.WhyNot(signedGrant.Signature, signedGrant.Statement.ToChallenge(), key.CosePublicKey);
    }
}
