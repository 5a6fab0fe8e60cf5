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

    /// <summary>The rooms of the kind that fits, each with its agenda.</summary>
    public static ImmutableArray<PlannedRoom> OfKind(SitePlan plan, Risk risk) =>
        plan.Rooms.RemoveAll(room => room.Camera is null == (risk == Risk.Raised));

    /// <summary>The room that has this booking already, or else the first that is free; null when none is.</summary>
    public static RoomId? Find(IEnumerable<RoomAgenda> agendas, BookingId booking, TimeRange time)
    {
        var all = agendas.ToList();
        var chosen = all.Find(agenda => agenda.Reserved.Contains(new Reservation(booking, time))) ?? all.Find(agenda => agenda.IsFree(time));
        return chosen?.Room;
    }

    /// <summary>The soonest times of the same length from the asked one on, one at most for each room and each end of a talk.</summary>
    public static ImmutableArray<TimeRange> NextFree(IEnumerable<RoomAgenda> agendas, TimeRange time)
    {
        var all = agendas.ToList();
        return
        [
            .. all.SelectMany(agenda => agenda.Reserved)
                .Select(reservation => reservation.Time.Until)
                .Where(end => end > time.From)
                .Select(end => new TimeRange(end, end + time.Length))
                .Where(range => all.Exists(agenda => agenda.IsFree(range)))
                .Distinct()
                .OrderBy(range => range.From)
                .Take(MostTimesOffered),
        ];
    }
}

/// <summary>A room and who has it when.</summary>
internal sealed record RoomAgenda(RoomId Room, ImmutableArray<Reservation> Reserved)
{
    public bool IsFree(TimeRange time) => !Reserved.Any(reservation => reservation.Time.Overlaps(time));
}
