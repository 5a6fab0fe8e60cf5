using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Client;

/// <summary>What a room-booking system does with the cluster. Each call may be repeated: a booking is known by its reference.</summary>
/// <remarks>
/// Errors come as <see cref="GrainInterfaces.Errors.RecordingClusterException"/>, whose kind tells what to do: InvalidInput and
/// Conflict want another request, Unavailable wants the same one later. What the caller must act on is in the outcome. Who
/// decides, a second official on an assessment and somebody else on an objection, does so in the portal, under a passkey.
/// </remarks>
public sealed class RoomBooking(IClusterClient cluster)
{
    /// <summary>Asks for a room by the risk of the talk (R1).</summary>
    public Task<BookOutcome> Book(BookingId booking, TimeRange time, RiskAssessment assessment) =>
        cluster.Booking(booking).Book(new BookingRequest(time, assessment));

    /// <summary>Books another time. Refused, it leaves the booking as it was.</summary>
    public Task<BookOutcome> Rebook(BookingId booking, TimeRange time) => cluster.Booking(booking).Rebook(time);

    /// <summary>Assesses the risk anew before the talk; the booking moves to the room it now needs. Refused, it leaves the booking as it was.</summary>
    public Task<BookOutcome> Reassess(BookingId booking, RiskAssessment assessment) => cluster.Booking(booking).Reassess(assessment);

    /// <summary>The talk is not held; its room is free again.</summary>
    public Task<CancelOutcome> Cancel(BookingId booking) => cluster.Booking(booking).Cancel();

    /// <summary>
    /// What the invitation tells, and what is said at the start, made from the regulation in force; null when none is. The
    /// letter is recorded with its text version.
    /// </summary>
    public Task<NoticeTexts?> Notices(SiteId site, Language language) => cluster.Regulation(site).Notices(language);

    /// <summary>The regulation in force with its terms: whether sound is recorded, how long is kept; null when none is.</summary>
    public Task<RegulationInForce?> Regulation(SiteId site) => cluster.Regulation(site).InForce();

    /// <summary>Records that the invitation with the notice was sent (R3).</summary>
    public Task RecordLetter(BookingId booking, LetterNotice letter) => cluster.Booking(booking).RecordLetter(letter);

    /// <summary>Starts the talk, and its recording when the risk is raised; answers when the first fragment is on disk.</summary>
    /// <param name="booking">The talk.</param>
    /// <param name="spokenIn">The language in which the official has said aloud that it is recorded; null when it was not said.</param>
    public Task<StartOutcome> StartTalk(BookingId booking, Language? spokenIn) => cluster.Booking(booking).StartTalk(spokenIn);

    /// <summary>Holds the talk with recording off, for a reason that stands.</summary>
    public Task<StartOutcome> StartUnrecorded(BookingId booking) => cluster.Booking(booking).StartUnrecorded();

    /// <summary>Keeps what is done about a camera that did not record at the start.</summary>
    public Task ChooseWithoutCamera(BookingId booking, CameraOffChoice choice) => cluster.Booking(booking).ChooseWithoutCamera(choice);

    /// <summary>Books a talk that goes on until later, and lets its recording go on with it.</summary>
    public Task<LengthenOutcome> Lengthen(BookingId booking, DateTimeOffset until) => cluster.Booking(booking).Lengthen(until);

    /// <summary>Takes the talk to another room, before or while it goes on.</summary>
    public Task<SwapOutcome> SwapRoom(BookingId booking, RoomId room) => cluster.Booking(booking).SwapRoom(room);

    /// <summary>Ends the talk and its recording.</summary>
    public Task<StopOutcome> StopTalk(BookingId booking) => cluster.Booking(booking).StopTalk();

    /// <summary>Puts in an objection, before, during or after the talk; answers when nothing is recorded or shown any more (R5). Who objects is not told.</summary>
    public Task<ObjectOutcome> RecordObjection(BookingId booking, ObjectionKind kind) => cluster.Booking(booking).RecordObjection(kind);

    /// <summary>How a booking stands.</summary>
    public Task<BookingView> Read(BookingId booking) => cluster.Booking(booking).Read();

    /// <summary>All rooms as they are now, without a picture.</summary>
    public Task<ImmutableArray<RoomView>> Rooms(SiteId site) => cluster.TownHall(site).Rooms();
}
