using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Tests.Rooms;

/// <summary>R1 without a cluster: which room a talk gets, and what is offered when there is none.</summary>
public sealed class RoomChoiceTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(15);

    private static readonly SitePlan Site = new(new SiteId("town-hall"), [
        new PlannedRoom(new RoomId("room-1"), new CameraId("camera-1")),
        new PlannedRoom(new RoomId("room-2"), new CameraId("camera-2")),
        new PlannedRoom(new RoomId("room-3"), null)]);

    private static readonly Gen<Asked> Asking = Gen.Select(
        Gen.Int[0, 9], Gen.Bool, Gen.Int[0, 48], Gen.Int[1, 12], (booking, isRaised, start, length) => new Asked(
            new BookingId($"ref-{booking}"), isRaised ? Risk.Raised : Risk.Normal, new TimeRange(Nine.AddMinutes(10 * start), Nine.AddMinutes(10 * (start + length)))));

    [Fact]
    public void Whatever_is_booked_and_booked_anew_no_room_has_two_talks_too_near_and_no_risk_gets_the_other_kind() =>
        Asking.Array[1, 30].Sample(asked =>
        {
            var rooms = Site.Rooms.ToDictionary(room => room.Id, _ => new RoomState());
            var risks = new Dictionary<BookingId, Risk>();
            foreach (var one in asked)
            {
                if (Book(rooms, one))
                {
                    risks[one.Booking] = one.Risk; // refused, it keeps the room of the risk that it had
                }

                Assert.All(rooms, room => Assert.All(Pairs(room.Value.Reserved), pair => Assert.False(pair.First.Time.Overlaps(pair.Second.Time, Apart))));
                Assert.All(rooms, room => Assert.All(room.Value.Reserved, reservation => Assert.Equal(risks[reservation.Booking] == Risk.Raised, Site.Room(room.Key).Camera is not null)));
            }
        });

    [Fact]
    public void What_is_offered_is_free_sorted_and_no_sooner_time_is_passed_over() =>
        Gen.Select(Asking.Array[0, 20], Asking).Sample((booked, asked) =>
        {
            var rooms = Site.Rooms.ToDictionary(room => room.Id, _ => new RoomState());
            foreach (var one in booked)
            {
                Book(rooms, one);
            }

            var agendas = Agendas(rooms, asked.Risk);
            var offered = RoomChoice.NextFree(agendas, asked.Booking, asked.Time, Apart);

            Assert.Equal(offered.OrderBy(time => time.From), offered);
            Assert.All(offered, time => Assert.Equal(asked.Time.Length, time.Length));
            Assert.All(offered, time => Assert.NotEmpty(RoomChoice.Find(agendas, asked.Booking, time, Apart)));
            if (RoomChoice.Find(agendas, asked.Booking, asked.Time, Apart).IsEmpty)
            {
                // Minute by minute, as somebody with the diary in hand would look.
                var soonest = Enumerable.Range(1, 24 * 60).Select(minute => new TimeRange(asked.Time.From.AddMinutes(minute), asked.Time.Until.AddMinutes(minute)))
                    .First(time => !RoomChoice.Find(agendas, asked.Booking, time, Apart).IsEmpty);
                Assert.Equal(soonest, offered[0]);
            }
        });

    [Fact]
    public void The_latest_end_is_the_last_that_is_free() =>
        Gen.Select(Asking.Array[0, 10], Asking).Sample((booked, asked) =>
        {
            var room = booked.Aggregate(new RoomState(), (state, one) => state.Reserve(new RoomId("room-1"), one.Booking, one.Time, Apart));
            var agenda = new RoomAgenda(new RoomId("room-1"), room.Reserved);

            var latest = agenda.LatestEnd(asked.Booking, asked.Time, Apart);

            Assert.Equal(latest >= asked.Time.Until, agenda.IsFree(asked.Booking, asked.Time, Apart));
            Assert.True(latest <= asked.Time.From || agenda.IsFree(asked.Booking, asked.Time with { Until = latest }, Apart));
        });

    // As the town hall does it: the new claim first, what was had before goes back.
    private static bool Book(Dictionary<RoomId, RoomState> rooms, Asked asked)
    {
        foreach (var room in RoomChoice.Find(Agendas(rooms, asked.Risk), asked.Booking, asked.Time, Apart).Take(1))
        {
            rooms[room] = rooms[room].Reserve(room, asked.Booking, asked.Time, Apart);
            Assert.True(rooms[room].HasReserved(asked.Booking, asked.Time));
            foreach (var other in rooms.Keys.ToList())
            {
                rooms[other] = rooms[other].Release(asked.Booking, other == room ? asked.Time : null);
            }

            return true;
        }

        return false;
    }

    private static ImmutableArray<RoomAgenda> Agendas(Dictionary<RoomId, RoomState> rooms, Risk risk) =>
        [.. RoomChoice.OfKind(Site, risk).Select(room => new RoomAgenda(room.Id, rooms[room.Id].Reserved))];

    private static IEnumerable<(Reservation First, Reservation Second)> Pairs(ImmutableArray<Reservation> reserved) =>
        reserved.SelectMany((first, place) => reserved.Skip(place + 1).Select(second => (first, second)));

    private sealed record Asked(BookingId Booking, Risk Risk, TimeRange Time);
}
