using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.GrainInterfaces.Deputies;

/// <summary>The register of deputies: who decides in the secretary's place, on which days (R12).</summary>
/// <remarks>
/// Key: the site's id. All of it survives a crash. Somebody becomes a deputy by two people, as with every role, and decides
/// on no day but those for which the secretary appoints them here. Each appointment bears the secretary's own signature, which is
/// checked again wherever a grant of the deputy is used.
/// </remarks>
[Alias("deputies")]
public interface IDeputiesGrain : IGrainWithStringKey
{
    /// <summary>Draws up what an appointment by the caller would say, for the caller's passkey to sign. Changes nothing.</summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: the days lie behind, are too many, or too far off.</exception>
    [Alias("draft"), AllowedTo(Roles.Secretary, Query = true)]
    Task<Appointment> Draft(AppointmentWish wish);

    /// <summary>Appoints by what <see cref="Draft"/> drew up and the caller's own passkey signed. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: as for the draft. Conflict: it is no draft of the caller of moments ago.</exception>
    [Alias("appoint"), AllowedTo(Roles.Secretary)]
    Task<AppointOutcome> Appoint(SignedAppointment signedAppointment);

    /// <summary>Ends an appointment at once; what the deputy decided before stands. Safe to repeat: the first withdrawal counts.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: there is no such appointment.</exception>
    [Alias("withdraw"), AllowedTo(Roles.Secretary)]
    Task Withdraw(AppointmentId appointment);

    /// <summary>Appointments whose days are not longer than a year ago, the latest first.</summary>
    [Alias("read"), AlwaysInterleave, AllowedTo(RoleRules.Deciders | Roles.DataProtectionOfficer, Query = true)]
    Task<ImmutableArray<AppointmentView>> Read();

    /// <summary>By what right somebody decides now; null when not appointed for today.</summary>
    [Alias("covering"), AlwaysInterleave, AllowedTo(Roles.Silo)]
    Task<SignedAppointment?> Covering(Caller deputy);
}
