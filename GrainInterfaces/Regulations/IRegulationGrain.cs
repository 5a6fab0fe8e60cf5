using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The camera regulation of a town hall as data: its versions, and the one in force (R17).</summary>
/// <remarks>
/// Key: the site's id. All of it survives a crash. The secretary drafts and activates, the data protection officer advises,
/// and the works council's consent is recorded by the secretary with its date. Which version is in force is told by the
/// clock alone: a version decided for a later day is in force from that moment on, never before, whether or not any
/// reminder ticked.
/// </remarks>
[Alias("regulation")]
public interface IRegulationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Writes a draft, or writes it anew. Safe to repeat: the same text changes nothing; another text is a new draft, on
    /// which advice and consent are needed anew.
    /// </summary>
    /// <returns>Taken, or Settled when the version is no draft any more.</returns>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: a field breaks a rule, such as a retention over 14 × 24 h.</exception>
    [Alias("draft"), AllowedTo(Roles.Secretary)]
    Task<VersionOutcome> Draft(RegulationVersionId version, RegulationContent content);

    /// <summary>Gives the officer's advice on a draft. Until its activation is decided, a later advice replaces it. Safe to repeat: the same advice changes nothing.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: no such version. InvalidInput: a field breaks a rule.</exception>
    [Alias("advise"), AllowedTo(Roles.DataProtectionOfficer)]
    Task<VersionOutcome> Advise(RegulationVersionId version, AdviceKind kind, DocumentReference document);

    /// <summary>Records the works council's consent to a draft on which the officer advised. Safe to repeat: the first consent to a text stays.</summary>
    /// <param name="version">The draft.</param>
    /// <param name="on">The day on which the council consented; today or before.</param>
    /// <param name="document">Where the consent is found.</param>
    /// <exception cref="Errors.RecordingClusterException">NotFound: no such version. InvalidInput: a date to come, or a field that breaks a rule.</exception>
    [Alias("consent"), AllowedTo(Roles.Secretary)]
    Task<VersionOutcome> RecordConsent(RegulationVersionId version, DateOnly on, DocumentReference document);

    /// <summary>
    /// Decides that a version comes into force. What is missing for that is named, and then nothing is decided. Safe to
    /// repeat: the first decision counts; to change its day, withdraw it and draft another version.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="from">From when on, within a year; null for at once.</param>
    /// <exception cref="Errors.RecordingClusterException">NotFound: no such version. InvalidInput: a moment in the past or over a year away.</exception>
    [Alias("activate"), AllowedTo(Roles.Secretary)]
    Task<VersionOutcome> Activate(RegulationVersionId version, DateTimeOffset? from);

    /// <summary>Takes back a version that is not yet in force. Its name is not used again. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: no such version.</exception>
    [Alias("withdraw"), AllowedTo(Roles.Secretary)]
    Task<VersionOutcome> Withdraw(RegulationVersionId version);

    /// <summary>The regulation as it counts now; null when none is in force, and then nothing is recorded.</summary>
    [Alias("in-force"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | RoleRules.OfPeople | Roles.Silo, Query = true)]
    Task<RegulationInForce?> InForce();

    /// <summary>All versions, in the order in which they were first drafted.</summary>
    [Alias("versions"), AlwaysInterleave, AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<ImmutableArray<RegulationVersionView>> Versions();
}
