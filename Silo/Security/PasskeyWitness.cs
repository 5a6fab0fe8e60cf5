using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Security;

/// <summary>Holds a grant against the passkey of the secretary or deputy it names, as it stands in the sealed row of that person now.</summary>
/// <remarks>
/// A key that was withdrawn, or a secretary or deputy who is none any more, no longer opens anything: grants lapse with it, and
/// with a secretary's also what was granted by whom that secretary appointed.
/// </remarks>
internal sealed class PasskeyWitness(IPasskeyKeys keys, PasskeyCheck check) : IGrantWitness
{
    public async Task<string?> WhyNot(SignedGrant signedGrant)
    {
        var grant = signedGrant.Statement.Grant;
        return await Signed(grant.By, signedGrant.Signature, signedGrant.Statement.ToChallenge(), RoleRules.Deciders) is var (roles, why) && why is not null ? why
            : (roles & Roles.Deputy) == 0 ? null
            : signedGrant.Appointment is not { } appointment ? "who signed is a deputy, and nobody appointed them"
            : appointment.Appointment.Deputy != grant.By || !appointment.Appointment.Days.Contains(grant.At.LocalDay()) ? "the deputy was not appointed for that day"
            : await WhyNotAppointed(appointment);
    }

    public async Task<string?> WhyNot(SignedAppointment signedAppointment) =>
        (await keys.RolesOf(signedAppointment.Appointment.Deputy) & Roles.Deputy) == 0 ? "who is appointed is no deputy" : await WhyNotAppointed(signedAppointment);

    private async Task<string?> WhyNotAppointed(SignedAppointment signed) =>
        (await Signed(signed.Appointment.By, signed.Signature, signed.Appointment.ToChallenge(), Roles.Secretary)).Why is { } why ? $"the appointment: {why}" : null;

    private async Task<(Roles Roles, string? Why)> Signed(string by, PasskeySignature signature, byte[] challenge, Roles allowed)
    {
        if (signature.CredentialId.IsDefaultOrEmpty)
        {
            return (Roles.None, "it names no passkey");
        }

        var key = await keys.Find(by, signature.CredentialId.AsMemory());
        return key is null ? (Roles.None, "it is by no passkey of the person it names")
            : (key.Roles & allowed) == 0 ? (key.Roles, "who signed is no secretary")
            : (key.Roles, check.WhyNot(signature, challenge, key.CosePublicKey));
    }
}
