using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>One planned talk, from its booking to its end, and the objections against recording it.</summary>
/// <remarks>
/// Key: the booking system's reference, opaque. All of it survives a crash; each call may be repeated. A reminder
/// ends a talk that nobody ended, at the booked end plus grace (R4); another carries out what an objection asks for,
/// should a crash come between (R5). Who calls is kept where the rules ask by whom: a call of the booking system is kept in
/// its own name, since it does not prove who stands behind it.
/// While the database is away a talk is started and stopped by what this grain knows, if it knew the talk before, and by the journal.
/// </remarks>
[Alias("booking")]
public interface IBookingGrain : IGrainWithStringKey
{
    /// <summary>Asks the town hall for a room by the risk of the talk (R1). Safe to repeat: the same request is one booking.</summary>
    /// <exception cref="Errors.RecordingClusterException">
    /// InvalidInput: the reference or a field breaks a rule. Conflict: this reference was booked with other facts, or cancelled.
    /// </exception>
    [Alias("book"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<BookOutcome> Book(BookingRequest request);

    /// <summary>
    /// Books another time; notices and assessment stand. The room may be another one. Refused with the next free times, it
    /// leaves the booking as it was. Safe to repeat.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: not a time for a talk. Conflict: the talk has begun.</exception>
    [Alias("rebook"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<BookOutcome> Rebook(TimeRange time);

    /// <summary>
    /// Assesses the risk anew before the talk: the booking moves to the room that it now needs (R1). Refused with the next
    /// free times, it leaves the booking as it was. A confirmation of the assessment before it no longer counts. Safe to repeat.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: it does not hold together. Conflict: the talk has begun.</exception>
    [Alias("reassess"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<BookOutcome> Reassess(RiskAssessment assessment);

    /// <summary>
    /// A second official stands behind an assessment with the ground Other; without that the talk does not start. Safe to
    /// repeat: the first who confirmed counts.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked.</exception>
    [Alias("confirm"), AllowedTo(Roles.Official)]
    Task<ConfirmOutcome> ConfirmAssessment();

    /// <summary>The talk is not held: its room is free again. The reference is not used again. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked.</exception>
    [Alias("cancel"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<CancelOutcome> Cancel();

    /// <summary>Records that the invitation with the notice was sent (R3). Safe to repeat: the first letter stays.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: a date to come, or a field breaks a rule.</exception>
    [Alias("letter"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task RecordLetter(LetterNotice letter);

    /// <summary>
    /// Starts the talk and with it the recording, once all three notices stand (R3). Answers when the first fragment
    /// is on disk. Safe to repeat: the first start is the one that counts. Who starts it is its interviewer.
    /// </summary>
    /// <param name="spokenIn">The language in which the official has said aloud that the talk is recorded; null when it was not said. It cannot be said afterwards.</param>
    /// <exception cref="Errors.RecordingClusterException">
    /// NotFound: nothing is booked. Conflict: the talk is over or cancelled. Denied: the caller decided on an objection against it.
    /// </exception>
    [Alias("start"), AllowedTo(Roles.BookingSystem | Roles.Official, WhileAway = true)]
    Task<StartOutcome> StartTalk(Language? spokenIn);

    /// <summary>
    /// Holds the talk with recording off, by choice: when sticker or letter is missing, when the camera does not record and a
    /// second official or the alarm button was chosen instead, while an objection is open, or while the clock or the
    /// regulation lets nothing be recorded. With none of these nothing starts. Safe to repeat. What is begun so is not recorded later.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">As <see cref="StartTalk"/>.</exception>
    [Alias("start-unrecorded"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<StartOutcome> StartUnrecorded();

    /// <summary>Keeps what is done about a camera that did not record at the start (R7). A later choice takes the place of an earlier. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. Conflict: no camera failed, or the talk has begun.</exception>
    [Alias("choose"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task ChooseWithoutCamera(CameraOffChoice choice);

    /// <summary>
    /// Books a talk that goes on until later; recording goes on with it. Refused when another booking has the room, with how
    /// far it can go. Safe to repeat.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: earlier than it is, or too long for a talk.</exception>
    [Alias("lengthen"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<LengthenOutcome> Lengthen(DateTimeOffset until);

    /// <summary>
    /// Takes the talk to another room of the kind that it needs, before or while it goes on. A camera that records is stopped,
    /// and that confirmed, before the other begins (R4); the recording goes on as a new part. Safe to repeat.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked, or no such room. Conflict: the talk is over or cancelled.</exception>
    [Alias("swap"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<SwapOutcome> SwapRoom(RoomId room);

    /// <summary>Ends the talk and its recording (R4). Safe to repeat: the first stop is the one that counts.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked.</exception>
    [Alias("stop"), AllowedTo(Roles.BookingSystem | Roles.Official, WhileAway = true)]
    Task<StopOutcome> StopTalk();

    /// <summary>
    /// Puts in an objection, before, during or after the talk (R5). Answers when nothing is recorded any more and nothing can
    /// be looked at. Safe to repeat: of each kind one is open at a time. Who objects is not told and not stored.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: not a kind of objection. Conflict: too many.</exception>
    [Alias("object"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<ObjectOutcome> RecordObjection(ObjectionKind kind);

    /// <summary>
    /// The new assessment: no recording (R5). Answers when what was made is erased and certified. For this talk it is final.
    /// Safe to repeat: the first decision counts.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: there is no such objection.</exception>
    [Alias("uphold"), AllowedTo(Roles.Official)]
    Task<ObjectionOutcome> UpholdObjection(int number);

    /// <summary>The new assessment: the recording stands (R5), and goes on while the talk does. Safe to repeat: the first decision counts.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: there is no such objection. InvalidInput: not a reason of the list.</exception>
    [Alias("reject"), AllowedTo(Roles.Official)]
    Task<ObjectionOutcome> RejectObjection(int number, RejectionReason reason);

    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Silo, Query = true, WhileAway = true)]
    Task<BookingView> Read();

    /// <summary>The database is back: enters what was done with the talk meanwhile, in order, into its state and late into the trail. Safe to repeat, also by several silos.</summary>
    [Alias("enter"), AllowedTo(Roles.Silo)]
    Task Enter(ImmutableArray<JournalEntry> entries);
}
