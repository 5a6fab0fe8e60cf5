using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>One planned talk, from its booking to its end.</summary>
/// <remarks>
/// Key: the booking system's reference, opaque. All of it survives a crash; each call may be repeated. A reminder
/// ends a talk that nobody ended, at the booked end plus grace (R4).
/// </remarks>
[Alias("booking")]
public interface IBookingGrain : IGrainWithStringKey
{
    /// <summary>Asks the town hall for a room by the risk of the talk (R1). Safe to repeat: the same request is one booking.</summary>
    /// <exception cref="Errors.RecordingClusterException">
    /// InvalidInput: the reference or a field breaks a rule. Conflict: this reference was booked with other facts.
    /// </exception>
    [Alias("book"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<BookOutcome> Book(BookingRequest request);

    /// <summary>Records that the invitation with the notice was sent (R3). Safe to repeat: the first date stays.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. InvalidInput: a date to come.</exception>
    [Alias("letter"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task RecordLetter(DateOnly sentOn);

    /// <summary>
    /// Starts the talk and with it the recording, once all three notices stand (R3). Answers when the first fragment
    /// is on disk. Safe to repeat: the first start is the one that counts.
    /// </summary>
    /// <param name="spokenNoticeGiven">The official has said aloud that the talk is recorded; cannot be said afterwards.</param>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked. Conflict: the talk is over.</exception>
    [Alias("start"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<StartOutcome> StartTalk(bool spokenNoticeGiven);

    /// <summary>Ends the talk and its recording (R4). Safe to repeat: the first stop is the one that counts.</summary>
    /// <exception cref="Errors.RecordingClusterException">NotFound: nothing is booked.</exception>
    [Alias("stop"), AllowedTo(Roles.BookingSystem | Roles.Official)]
    Task<StopOutcome> StopTalk();

    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<BookingView> Read();
}
