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
    [Alias("draft"), AllowedTo(RoleRules.Deciders, Query = true)]
    Task<DraftOutcome> Draft();

    /// <summary>
    /// Approves by a statement that <see cref="Draft"/> drew up, narrowed at will, and that the caller's own passkey signed
    /// (R12). Safe to repeat: the first decision counts and is what is answered.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">
    /// Conflict: the statement is not what can be granted now; draw up another. Denied: the signature does not hold.
    /// </exception>
    [Alias("approve"), AllowedTo(RoleRules.Deciders)]
    Task<Decision> Approve(SignedGrant signedGrant);

    /// <summary>Refuses, with a reason from a closed list. Safe to repeat: the first decision counts and is what is answered.</summary>
    [Alias("refuse"), AllowedTo(RoleRules.Deciders)]
    Task<Decision> Refuse(RefusalReason reason);

    /// <summary>Puts a question back to who asked; the request stays open and its time goes on. Safe to repeat while it is not answered.</summary>
    [Alias("ask-back"), AllowedTo(RoleRules.Deciders)]
    Task<AskBackOutcome> AskBack(BackQuestion question);

    /// <summary>Answers the question that was put back. Safe to repeat with the same answer.</summary>
    /// <exception cref="Errors.RecordingClusterException">InvalidInput: the answer is none to that question.</exception>
    [Alias("answer"), AllowedTo(Roles.CameraAdministrator)]
    Task<AnswerOutcome> Answer(BackReply reply);

    /// <summary>Takes one's own request back while it is open. Safe to repeat; a decision that was made first stands and is what is answered.</summary>
    [Alias("retract"), AllowedTo(Roles.CameraAdministrator)]
    Task<Decision> Retract();

    /// <summary>Says to be a party to it: from now on somebody else decides, and it cannot be unsaid. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">Conflict: it is decided.</exception>
    [Alias("stand-aside"), AllowedTo(RoleRules.Deciders)]
    Task StandAside();

    /// <summary>Takes a yes back: a viewing that goes on ends with it (R13). Safe to repeat: the first withdrawal counts.</summary>
    /// <remarks>The data protection officer may too: closing decides nothing for anybody, and who watches over must not have to wait for who is away.</remarks>
    [Alias("withdraw"), AllowedTo(RoleRules.Deciders | Roles.DataProtectionOfficer)]
    Task<WithdrawOutcome> Withdraw(WithdrawalReason reason);

    /// <summary>Who asked is a camera administrator no longer: what is open or granted ends, and a role given later does not bring it back. Safe to repeat.</summary>
    [Alias("lapse"), AllowedTo(Roles.Silo)]
    Task Lapse();

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

    /// <summary>Who asked has signed out everywhere, or lost a key: every viewing that goes on ends; what was watched goes into the trail. Safe to repeat.</summary>
    [Alias("end-viewings"), AllowedTo(Roles.Silo)]
    Task EndViewings();

    /// <summary>The request as it stands. An administrator finds one's own alone, a deputy finds any on the days of the appointment alone.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing was asked under this id.</exception>
    [Alias("read"), AlwaysInterleave, AllowedTo(RoleRules.Deciders | Roles.CameraAdministrator | Roles.DataProtectionOfficer, Query = true)]
    Task<AccessRequestView> Read();
}
