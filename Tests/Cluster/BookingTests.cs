using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R1 through the grains: rooms by risk, and what becomes of a booking that changes.</summary>
public sealed class BookingTests
{
    private static readonly TimeRange Time = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(30));
    private static readonly TimeRange Afternoon = new(TestCluster.Nine.AddHours(5), TestCluster.Nine.AddHours(6));
    private static readonly RiskAssessment OnOtherGround = new(Risk.Raised, [RiskGround.Other], [Alternative.NoneSuffices]);

    [Fact]
    public async Task Two_bookings_at_the_same_moment_for_the_last_camera_room_and_one_gets_it()
    {
        await using var cluster = await TestCluster.Start();
        await cluster.Book();
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            cluster.Client.Booking(new BookingId($"ref-{number}")).Book(new BookingRequest(Time, TestCluster.Assess(Risk.Raised)))));

        Assert.Equal(new BookOutcome.Given(new RoomId("room-2")), Assert.Single(outcomes.OfType<BookOutcome.Given>()));
        Assert.Equal(7, outcomes.OfType<BookOutcome.NoneFree>().Count());
    }

    [Fact]
    public async Task Assessed_anew_the_booking_moves_to_the_room_it_now_needs_or_stays_as_it_was()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book(Risk.Normal);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);

        var raised = await booking.Reassess(TestCluster.Assess(Risk.Raised));
        var moved = await booking.Read();
        var normal = await booking.Reassess(RiskAssessment.Normal);
        await cluster.Book();
        await cluster.Book();
        var refused = await booking.Reassess(TestCluster.Assess(Risk.Raised));

        Assert.Equal((new BookOutcome.Given(new RoomId("room-1")), new RoomId("room-1")), (raised, moved.Room!.Value));
        Assert.Equal(["room-booking", "official-1"], moved.Assessments.Select(made => made.By));
        Assert.Equal(new BookOutcome.Given(new RoomId("room-3")), normal);
        Assert.Equal(TestCluster.Nine.AddMinutes(45), Assert.IsType<BookOutcome.NoneFree>(refused).NextFree[0].From);
        Assert.Equal((new RoomId("room-3"), Risk.Normal), ((await booking.Read()).Room!.Value, (await booking.Read()).Assessment!.Risk));
        Assert.Single((await cluster.Client.Room(new RoomId("room-3")).Read()).Reserved);
    }

    [Fact]
    public async Task Booked_for_another_time_the_old_time_is_free_and_refused_it_stays_as_it_was()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var rebooked = await booking.Rebook(Afternoon);
        var again = await booking.Rebook(Afternoon);
        var (other, otherRoom) = await cluster.Book(time: Time);
        await cluster.Book(time: Time);
        var refused = await booking.Rebook(Time);

        Assert.Equal((new BookOutcome.Given(room), rebooked), (rebooked, again));
        Assert.Equal(room, otherRoom);
        Assert.IsType<BookOutcome.NoneFree>(refused);
        Assert.Equal(Afternoon, (await booking.Read()).Time);
        Assert.Equal([other, id], (await cluster.Client.Room(room).Read()).Reserved.Select(reserved => reserved.Booking));
    }

    [Fact]
    public async Task Cancelled_its_room_is_free_and_its_reference_is_not_used_again()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var cancelled = await booking.Cancel();
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await booking.Cancel();
        var booked = await Assert.ThrowsAsync<RecordingClusterException>(() => booking.Book(new BookingRequest(Time, TestCluster.Assess(Risk.Raised))));
        var started = await Assert.ThrowsAsync<RecordingClusterException>(() => booking.StartTalk(Language.Dutch));

        Assert.Equal((new CancelOutcome.Cancelled(TestCluster.Nine), cancelled), (cancelled, again));
        Assert.Equal((ErrorKind.Conflict, ErrorKind.Conflict), (booked.Kind, started.Kind));
        Assert.Empty((await cluster.Client.Room(room).Read()).Reserved);
        Assert.Equal(BookingStage.Cancelled, (await booking.Read()).Stage);
    }

    [Fact]
    public async Task A_talk_that_goes_on_is_not_cancelled_nor_booked_anew()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);

        Assert.Equal(new CancelOutcome.Begun(TestCluster.Nine), await booking.Cancel());
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<RecordingClusterException>(() => booking.Rebook(Afternoon))).Kind);
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<RecordingClusterException>(() => booking.Reassess(RiskAssessment.Normal))).Kind);
    }

    [Fact]
    public async Task On_the_ground_other_nothing_starts_until_a_second_official_confirms_it()
    {
        await using var cluster = await TestCluster.Start();
        var booking = cluster.Client.Booking(new BookingId("ref-1"));
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.Book(new BookingRequest(Time, OnOtherGround));

        var unconfirmed = await booking.StartTalk(spokenIn: null);
        var own = await booking.ConfirmAssessment();
        var unrecorded = await booking.StartUnrecorded();
        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.ConfirmAssessment();
        }

        var started = await booking.StartUnrecorded();

        Assert.True(Assert.IsType<StartOutcome.NoticesMissing>(unconfirmed).NeedsConfirmation);
        Assert.Equal(3, ((StartOutcome.NoticesMissing)unconfirmed).Missing.Length);
        Assert.IsType<ConfirmOutcome.OwnAssessment>(own);
        Assert.True(Assert.IsType<StartOutcome.NoticesMissing>(unrecorded).NeedsConfirmation);
        Assert.IsType<StartOutcome.NotRecorded>(started);
        Assert.Equal(new Confirmation("official-2", TestCluster.Nine), (await booking.Read()).Confirmed);
    }

    [Fact]
    public async Task A_talk_is_lengthened_up_to_where_the_next_booking_stands_in_the_way()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book();
        await cluster.Book();
        await cluster.Book(time: new TimeRange(TestCluster.Nine.AddHours(1), TestCluster.Nine.AddHours(2)));
        await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);

        var refused = await booking.Lengthen(TestCluster.Nine.AddMinutes(50));
        var latest = Assert.IsType<LengthenOutcome.InTheWay>(refused).Latest;
        var lengthened = await booking.Lengthen(latest);
        var again = await booking.Lengthen(latest);
        var earlier = await Assert.ThrowsAsync<RecordingClusterException>(() => booking.Lengthen(TestCluster.Nine.AddMinutes(20)));

        Assert.Equal(TestCluster.Nine.AddMinutes(45), latest);
        Assert.Equal((new LengthenOutcome.Lengthened(latest), lengthened), (lengthened, again));
        Assert.Equal(ErrorKind.InvalidInput, earlier.Kind);
        Assert.Equal(latest, (await booking.Read()).Time!.Value.Until);
        Assert.Equal(2, (await cluster.Client.Room(room).Read()).Reserved.Length);
    }

    [Fact]
    public async Task A_swap_before_the_talk_takes_the_room_and_leaves_the_old_one_free()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var swapped = await booking.SwapRoom(new RoomId("room-2"));
        var (_, free) = await cluster.Book(time: Time);
        var taken = await booking.SwapRoom(new RoomId("room-1"));
        var lesser = await booking.SwapRoom(new RoomId("room-3"));

        Assert.Equal(new SwapOutcome.Swapped(new RoomId("room-2")), swapped);
        Assert.Equal(new RoomId("room-1"), free);
        Assert.Empty(Assert.IsType<SwapOutcome.NotFree>(taken).Free);
        Assert.Equal(new SwapOutcome.OtherKind(NeedsCamera: true), lesser);
    }

    [Fact]
    public async Task A_swap_that_a_crash_cut_off_is_carried_out_before_anything_else()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await cluster.Client.Room(new RoomId("room-2")).CheckSticker();
        cluster.Camera.IsStuck = true;

        await Assert.ThrowsAnyAsync<Exception>(() => booking.SwapRoom(new RoomId("room-2")));
        cluster.Camera.IsStuck = false;
        await booking.StopTalk();

        Assert.Equal((BookingStage.Ended, new RoomId("room-2")), ((await booking.Read()).Stage, (await booking.Read()).Room!.Value));
        Assert.Equal(["room-1", "room-2"], (await cluster.Read(recording)).Parts.Select(part => part.Room!.Value.Value));
        Assert.All(await cluster.Client.TownHall(TestCluster.Site).Rooms(), room => Assert.Equal((null, 0), (room.Talk, room.Reserved.Length)));
        Assert.False(cluster.Camera.IsRecording(new CameraId("camera-1")) || cluster.Camera.IsRecording(new CameraId("camera-2")));
    }

    [Fact]
    public async Task A_booking_and_a_talk_without_recording_survive_a_restart()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book(Risk.Normal);
        var planned = new BookingId("ref-1");
        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(planned).Book(new BookingRequest(Afternoon, TestCluster.Assess(Risk.Raised)));
            await cluster.Client.Booking(id).StartTalk(spokenIn: null);
        }

        await cluster.Restart(away: TimeSpan.FromMinutes(1));

        Assert.Equal((BookingStage.Talking, BookingStage.Booked), ((await cluster.Read(id)).Stage, (await cluster.Read(planned)).Stage));
        using var _ = TestCluster.As(TestCluster.Official);
        Assert.Equal(new RoomTalk(id), (await cluster.Client.Room(room).Read()).Talk);
    }
}
