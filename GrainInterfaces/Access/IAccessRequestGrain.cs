using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>One request to look at a window of a recording: the question, the decision, the looking.</summary>
/// <remarks>Key: the request's id, chosen by who asks, so that asking may be repeated. All of it survives a crash.</remarks>
[Alias("access-request")]
public interface IAccessRequestGrain : IGrainWithGuidKey
{
    /// <summary>Asks to look (R12). Safe to repeat with the same question.</summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: a field breaks a rule. Conflict: another question was asked under this id. NotFound: no such recording.</exception>
    [Alias("ask"), AllowedTo(Roles.CameraAdministrator)]
    Task<AskOutcome> Ask(AccessQuestion question);

    /// <summary>Draws up what an approval by the caller would grant now, for the caller's passkey to sign. Changes nothing.</summary>
    [Alias("draft"), AllowedTo(Roles.Secretary, Query = true)]
    Task<DraftOutcome> Draft();

    /// <summary>
    /// Approves by a statement that <see cref="Draft"/> drew up, narrowed at will, and that the caller's own passkey signed
    /// (R12). Safe to repeat: the first decision counts and is what is answered.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">
    /// Conflict: the statement is not what can be granted now; draw up another. Denied: the signature does not hold.
    /// </exception>
    [Alias("approve"), AllowedTo(Roles.Secretary)]
    Task<Decision> Approve(SignedGrant signedGrant);

    /// <summary>Refuses, with a reason from a closed list. Safe to repeat: the first decision counts and is what is answered.</summary>
    [Alias("refuse"), AllowedTo(Roles.Secretary)]
    Task<Decision> Refuse(RefusalReason reason);

    /// <summary>Uses the grant once (R13). Not a repeat: each call that answers Begun counts as a viewing.</summary>
    [Alias("begin-viewing"), AllowedTo(Roles.CameraAdministrator)]
    Task<BeginViewingOutcome> BeginViewing(ViewingTicket ticket);

    /// <summary>Asks whether a viewing goes on, without showing anything of it.</summary>
    /// <returns>Null when it does; otherwise why not.</returns>
    [Alias("check"), AllowedTo(Roles.CameraAdministrator, Query = true)]
    Task<ViewingRefusal?> Check(int viewing, ViewingTicket ticket);

    /// <summary>Asks whether a stretch may be served to the caller now, and notes that it was (R14).</summary>
    /// <returns>Null when it may; otherwise why not.</returns>
    [Alias("serve"), AllowedTo(Roles.CameraAdministrator, Query = true)]
    Task<ViewingRefusal?> Serve(int viewing, ViewingTicket ticket, TimeRange stretch);

    /// <summary>Ends a viewing; what was watched goes into the trail. Safe to repeat.</summary>
    [Alias("end-viewing"), AllowedTo(Roles.CameraAdministrator)]
    Task EndViewing(int viewing, ViewingTicket ticket);

    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing was asked under this id.</exception>
    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.CameraAdministrator | Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<AccessRequestView> Read();
}
