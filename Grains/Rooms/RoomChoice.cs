using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Rooms;

/// <summary>Finds a room by the risk of a talk (R1): raised goes to a camera room, normal to one without, and never to another kind.</summary>
internal static class RoomChoice
{
    // As many as fit on a screen; the booking system asks again with the one it takes.
    private const int MostTimesOffered = 3;

    /// <summary>The rooms of the kind that fits.</summary>
    public static ImmutableArray<PlannedRoom> OfKind(SitePlan plan, Risk risk) =>
        plan.Rooms.RemoveAll(room => room.Camera is null == (risk == Risk.Raised));

    /// <summary>The rooms that a booking could have, the best first: one that it has in this time, one that it has in another, any other.</summary>
    public static ImmutableArray<RoomId> Find(IEnumerable<RoomAgenda> agendas, BookingId booking, TimeRange time, TimeSpan apart) =>
    [
        .. agendas.Where(agenda => agenda.IsFree(booking, time, apart))
            .OrderByDescending(agenda => agenda.Reserved.Contains(new Reservation(booking, time)))
            .ThenByDescending(agenda => agenda.Reserved.Any(reservation => reservation.Booking == booking))
            .Select(agenda => agenda.Room),
    ];

    /// <summary>The soonest times of the same length from the asked one on: each begins when another's talk has made room for it.</summary>
    public static ImmutableArray<TimeRange> NextFree(IEnumerable<RoomAgenda> agendas, BookingId booking, TimeRange time, TimeSpan apart)
    {
        var all = agendas.ToList();
        return
        [
            .. all.SelectMany(agenda => agenda.Reserved)
                .Where(reservation => reservation.Booking != booking)
                .Select(reservation => reservation.Time.Until + apart)
                .Where(start => start > time.From)
                .Select(start => new TimeRange(start, start + time.Length))
                .Where(range => all.Exists(agenda => agenda.IsFree(booking, range, apart)))
                .Distinct()
                .OrderBy(range => range.From)
                .Take(MostTimesOffered),
        ];
    }
}
