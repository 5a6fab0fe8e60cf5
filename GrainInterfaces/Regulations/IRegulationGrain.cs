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

    /// <summary>
    /// Switches sound or all recording off at once (R6): parts that are being made are closed when this returns, and the next
    /// have no sound, or there are none; a recording that does not answer is told again each minute. On again it goes only by a
    /// version that is decided on afterwards. Safe to repeat: the first decision that still holds is answered.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: not from the closed lists.</exception>
    [Alias("switch-off"), AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer)]
    Task<SwitchOff> SwitchOff(Switchable what, SwitchOffReason reason);

    /// <summary>Asks for an amendment, to be met within a month by a version that names it and comes into force. Safe to repeat: the first request under an id stays.</summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: a field breaks a rule.</exception>
    [Alias("amend"), AllowedTo(Roles.DataProtectionOfficer)]
    Task<Amendment> RequestAmendment(AmendmentId amendment, ImmutableArray<ArticleId> articles, DocumentReference document);

    /// <summary>All amendment requests, oldest first, each as it stands now.</summary>
    [Alias("amendments"), AlwaysInterleave, AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<ImmutableArray<Amendment>> Amendments();

    /// <summary>All decisions to switch off, oldest first.</summary>
    [Alias("switch-offs"), AlwaysInterleave, AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<ImmutableArray<SwitchOff>> SwitchOffs();

    /// <summary>What differs between two versions, article by article and term by term.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: there is no such version.</exception>
    [Alias("compare"), AlwaysInterleave, AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<RegulationDiff> Compare(RegulationVersionId from, RegulationVersionId to);

    /// <summary>What people are told before a talk; null when no regulation is in force.</summary>
    [Alias("notices"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | RoleRules.OfPeople | Roles.Silo, Query = true, WhileAway = true)]
    Task<NoticeTexts?> Notices(Language language);

    /// <summary>The public page; null when no regulation is in force.</summary>
    [Alias("publication"), AlwaysInterleave, AllowedTo(RoleRules.OfPeople | Roles.Silo, Query = true)]
    Task<Publication?> Publication();

    /// <summary>
    /// Carries out what the clock brought: a version whose day came, a request that became urgent. Its reminder does this too,
    /// and each silo at its start. Safe to repeat.
    /// </summary>
    [Alias("attend"), AllowedTo(Roles.Silo)]
    Task Attend();

    /// <summary>The regulation as it counts now; null when none is in force, and then nothing is recorded.</summary>
    [Alias("in-force"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | RoleRules.OfPeople | Roles.Silo, Query = true, WhileAway = true)]
    Task<RegulationInForce?> InForce();

    /// <summary>All versions, in the order in which they were first drafted.</summary>
    [Alias("versions"), AlwaysInterleave, AllowedTo(Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<ImmutableArray<RegulationVersionView>> Versions();
}
