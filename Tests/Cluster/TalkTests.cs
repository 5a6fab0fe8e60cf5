using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R1 to R7, through the grains.</summary>
public sealed class TalkTests
{
    [Fact]
    public async Task A_raised_risk_gets_a_camera_room_and_a_normal_one_a_room_without()
    {
        await using var cluster = await TestCluster.Start();

        var raised = await cluster.Book(Risk.Raised);
        var normal = await cluster.Book(Risk.Normal);

        Assert.Equal((new RoomId("room-1"), new RoomId("room-3")), (raised.Room, normal.Room));
    }

    [Fact]
    public async Task Both_camera_rooms_taken_is_refused_with_the_next_free_times_and_never_a_lesser_room()
    {
        await using var cluster = await TestCluster.Start();
        await cluster.Book();
        await cluster.Book(time: new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(45)));
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var outcome = await cluster.Client.Booking(new BookingId("ref-3")).Book(
            new BookingRequest(new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(20)), TestCluster.Assess(Risk.Raised)));

        // Behind each talk come ten minutes of grace and five of set-up.
        var half = TestCluster.Nine.AddMinutes(45);
        var later = TestCluster.Nine.AddMinutes(60);
        Assert.Equal([new TimeRange(half, half.AddMinutes(20)), new TimeRange(later, later.AddMinutes(20))], Assert.IsType<BookOutcome.NoneFree>(outcome).NextFree);
    }

    [Fact]
    public async Task The_same_reference_sent_twice_is_one_booking_and_with_other_facts_a_conflict()
    {
        await using var cluster = await TestCluster.Start();
        var booking = cluster.Client.Booking(new BookingId("ref-1"));
        var request = new BookingRequest(new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(30)), TestCluster.Assess(Risk.Raised));
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var first = await booking.Book(request);
        var second = await booking.Book(request);
        var other = await Assert.ThrowsAsync<RecordingClusterException>(() => booking.Book(request with { Assessment = RiskAssessment.Normal }));

        Assert.Equal(first, second);
        Assert.Equal(ErrorKind.Conflict, other.Kind);
    }

    [Theory]
    [InlineData("123456782")]
    [InlineData("jan@gemeente.nl")]
    [InlineData("06-12345678")]
    [InlineData("with space")]
    public async Task A_reference_that_is_malformed_or_looks_like_a_person_is_refused_and_stands_nowhere(string reference)
    {
        await using var cluster = await TestCluster.Start();
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => cluster.Client.Booking(new BookingId(reference)).Book(
            new BookingRequest(new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(30)), RiskAssessment.Normal)));

        Assert.Equal(ErrorKind.InvalidInput, refused.Kind);
        Assert.DoesNotContain(reference, refused.Message, StringComparison.Ordinal);

        // The words of the last reference are English, and stand in what the database itself says.
        Assert.False(reference != "with space" && cluster.Database.Holds(reference));
    }

    [Fact]
    public async Task A_start_names_every_notice_that_is_missing_and_starts_nothing()
    {
        await using var cluster = await TestCluster.Start();
        var booking = cluster.Client.Booking(new BookingId("ref-1"));
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.Book(new BookingRequest(new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(30)), TestCluster.Assess(Risk.Raised)));

        var outcome = await booking.StartTalk(spokenIn: null);

        Assert.Equal([NoticeKind.Sticker, NoticeKind.Letter, NoticeKind.Spoken], Assert.IsType<StartOutcome.NoticesMissing>(outcome).Missing);
        Assert.Empty(cluster.Camera.Leases);
    }

    [Fact]
    public async Task A_sticker_that_was_checked_yesterday_is_missing_today()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book(time: new TimeRange(TestCluster.Nine.AddDays(1), TestCluster.Nine.AddDays(1).AddMinutes(30)));
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(1));
        using var __ = TestCluster.As(TestCluster.Official);

        var outcome = await cluster.Client.Booking(booking).StartTalk(Language.Dutch);

        Assert.Equal([NoticeKind.Sticker], Assert.IsType<StartOutcome.NoticesMissing>(outcome).Missing);
    }

    [Fact]
    public async Task A_camera_that_does_not_record_is_said_by_name_before_the_talk_and_nothing_is_kept()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, room) = await cluster.Book();
        cluster.Camera.Fault = CameraFault.NoSound;
        using var _ = TestCluster.As(TestCluster.Official);

        var refused = await cluster.Client.Booking(booking).StartTalk(Language.Dutch);
        cluster.Camera.Fault = null;
        var started = await cluster.Client.Booking(booking).StartTalk(Language.Dutch);

        Assert.Equal(new StartOutcome.CameraNotReady(new CameraId("camera-1"), CameraFault.NoSound), refused);
        Assert.Equal(Assert.IsType<StartOutcome.Started>(started).Recording, (await cluster.Client.Room(room).Read()).Talk!.Recording);
    }

    [Fact]
    public async Task A_normal_talk_is_held_and_nothing_is_recorded()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book(Risk.Normal);
        using var __ = TestCluster.As(TestCluster.Official);

        var started = await cluster.Client.Booking(booking).StartTalk(spokenIn: null);
        var stopped = await cluster.Client.Booking(booking).StopTalk();

        Assert.Equal((new StartOutcome.NotRecorded(WhyUnrecorded.NormalRisk), (StopOutcome)new StopOutcome.Stopped(TestCluster.Nine)), (started, stopped));
        Assert.Empty(cluster.Camera.Leases);
    }

    [Fact]
    public async Task A_talk_that_nobody_ends_stops_by_itself_at_the_booked_end_plus_grace()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddMinutes(39));
        var before = cluster.Camera.IsRecording(new CameraId("camera-1"));

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddMinutes(40));
        await cluster.Until(async () => (await cluster.Read(recording)).Stage == RecordingStage.Sealed);

        Assert.True(before);
        Assert.False(cluster.Camera.IsRecording(new CameraId("camera-1")));
        Assert.InRange((await cluster.Read(recording)).EndedAt!.Value, TestCluster.Nine.AddMinutes(40), TestCluster.Nine.AddMinutes(41));
    }

    [Fact]
    public async Task After_a_restart_the_recording_goes_on_as_a_new_part_under_a_new_lease()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, room) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);

        await cluster.Restart(away: TimeSpan.FromMinutes(1));
        await cluster.Vault.Recover();
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Room(room).Resume();
        }

        using var _ = TestCluster.As(TestCluster.Official);
        await cluster.Client.Booking(booking).StopTalk();
        var parts = (await cluster.Read(recording)).Parts;
        Assert.Equal([(1, PartState.Recovered), (2, PartState.Closed)], parts.Select(part => (part.Id.Epoch, part.State)));
    }

    [Fact]
    public async Task A_gap_that_pictures_of_before_it_made_shorter_ends_in_the_trail_with_its_true_beginning()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.StartTalk((await cluster.Book()).Booking);
        var said = new CaptureGap(TestCluster.Nine.AddMinutes(1), CameraFault.NoMedia);
        var health = new CaptureHealth(new PartId(recording, 1, 1), TestCluster.Nine.AddMinutes(1), 0, 0, 0, said);
        var camera = cluster.Client.Camera(new CameraId("camera-1"));
        using (TestCluster.As(Caller.Silo))
        {
            await camera.Tell(1, health);
            await camera.Tell(1, health with { Gap = said with { Since = said.Since.AddSeconds(3) } });
            await camera.Tell(1, health with { Gap = null });
        }

        await using var database = cluster.Database.Open();
        var ended = Assert.Single(await new AuditStore(database).Read(TestCluster.Site, 1, 1000), entry => entry.Deed == "gap-ended");
        Assert.Contains("09:01:03", ended.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_in_use_is_said_and_its_recording_is_left_alone()
    {
        await using var cluster = await TestCluster.Start();
        var (first, _) = await cluster.Book(time: new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(10)));
        await cluster.Book(time: new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(10)));
        var (second, _) = await cluster.Book(time: new TimeRange(TestCluster.Nine.AddMinutes(25), TestCluster.Nine.AddMinutes(35)));
        await cluster.StartTalk(first);
        using var __ = TestCluster.As(TestCluster.Official);

        var outcome = await cluster.Client.Booking(second).StartTalk(Language.Dutch);

        Assert.Equal(new StartOutcome.RoomInUse(first), outcome);
        Assert.Single(cluster.Camera.Leases);
    }
}
