using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Rooms;

/// <summary>A room and who has it when.</summary>
internal sealed record RoomAgenda(RoomId Room, ImmutableArray<Reservation> Reserved)
{
    /// <summary>Whether a booking may have the room in a time: every other's is as far away as the rules ask.</summary>
    public bool IsFree(BookingId booking, TimeRange time, TimeSpan apart) => !Others(booking).Any(other => other.Overlaps(time, apart));

    /// <summary>How far from its beginning a time could last before another's stands in the way; its own end when nothing does.</summary>
    public DateTimeOffset LatestEnd(BookingId booking, TimeRange time, TimeSpan apart) =>
        Others(booking).Where(other => other.Until + apart > time.From).Select(other => other.From - apart).Append(time.Until).Min();

    private IEnumerable<TimeRange> Others(BookingId booking) => Reserved.Where(reservation => reservation.Booking != booking).Select(reservation => reservation.Time);
}

internal static class TimesApart
{
    /// <summary>Whether two times overlap, or leave less than this between them.</summary>
    public static bool Overlaps(this TimeRange one, TimeRange other, TimeSpan apart) => one.From < other.Until + apart && other.From < one.Until + apart;
}
