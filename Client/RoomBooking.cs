using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Client;

/// <summary>What a room-booking system does with the cluster. Each call may be repeated: a booking is known by its reference.</summary>
/// <remarks>
/// Errors come as <see cref="GrainInterfaces.Errors.RecordingClusterException"/>, whose kind tells what to do: InvalidInput and
/// Conflict want another request, Unavailable wants the same one later. What the caller must act on is in the outcome.
/// </remarks>
public sealed class RoomBooking(IClusterClient cluster)
{
    /// <summary>Asks for a room by the risk of the talk (R1).</summary>
    public Task<BookOutcome> Book(BookingId booking, TimeRange time, RiskAssessment assessment) =>
        cluster.Booking(booking).Book(new BookingRequest(time, assessment));

    /// <summary>Records that the invitation with the notice was sent (R3).</summary>
    public Task RecordLetter(BookingId booking, DateOnly sentOn) => cluster.Booking(booking).RecordLetter(sentOn);

    /// <summary>Starts the talk, and its recording when the risk is raised; answers when the first fragment is on disk.</summary>
    public Task<StartOutcome> StartTalk(BookingId booking, bool spokenNoticeGiven) => cluster.Booking(booking).StartTalk(spokenNoticeGiven);

    /// <summary>Ends the talk and its recording.</summary>
    public Task<StopOutcome> StopTalk(BookingId booking) => cluster.Booking(booking).StopTalk();

    /// <summary>How a booking stands.</summary>
    public Task<BookingView> Read(BookingId booking) => cluster.Booking(booking).Read();

    /// <summary>All rooms as they are now, without a picture.</summary>
    public Task<ImmutableArray<RoomView>> Rooms(SiteId site) => cluster.TownHall(site).Rooms();
}
