using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>One site: finds rooms for bookings, and keeps the secretary's list.</summary>
/// <remarks>Key: the site's id. The open requests survive a crash; rooms come from the configuration.</remarks>
[Alias("town-hall")]
public interface ITownHallGrain : IGrainWithStringKey
{
    /// <summary>Finds and reserves a room by the risk of the talk (R1). What the booking had claimed before does not stand in its own way. Safe to repeat: a booking that has a room in that time keeps it.</summary>
    [Alias("give-room"), AllowedTo(Roles.Silo)]
    Task<BookOutcome> GiveRoom(BookingId booking, BookingRequest request);

    /// <summary>The rooms of the kind that a risk asks for and that a booking could have in a time.</summary>
    [Alias("free-rooms"), AllowedTo(Roles.Silo)]
    Task<ImmutableArray<RoomId>> FreeRooms(BookingId booking, Risk risk, TimeRange time);

    /// <summary>All rooms as they are now.</summary>
    [Alias("rooms"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator, Query = true, WhileAway = true)]
    Task<ImmutableArray<RoomView>> Rooms();

    /// <summary>Requests of the last year, what has the least time left first. An administrator sees one's own; a deputy none but on the days of the appointment.</summary>
    [Alias("requests"), AlwaysInterleave, AllowedTo(RoleRules.Deciders | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<ImmutableArray<KeptRequest>> Requests();

    /// <summary>A request waits for a decision. Safe to repeat.</summary>
    [Alias("request-asked"), AllowedTo(Roles.Silo)]
    Task RequestAsked(KeptRequest request);

    /// <summary>A request waits no longer. Safe to repeat.</summary>
    [Alias("request-decided"), AllowedTo(Roles.Silo)]
    Task RequestDecided(AccessRequestId request);
}
