using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A talk while the database is away: by what grains know and by the journal, and entered when it is back.</summary>
public sealed class AwayTests : IAsyncLifetime
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    private TestCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await TestCluster.Start();

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_talk_that_is_stopped_meanwhile_is_not_recorded_any_more_and_ended_then_and_not_when_it_was_entered()
    {
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        cluster.Presence.IsGone();
        var stopped = await Stop(booking);
        var runs = cluster.Camera.Runs(new CameraId("camera-1"), recording);
        cluster.Clock.Advance(AMinute);
        var again = await Stop(booking);

        await cluster.ComeBack();

        var view = await cluster.Read(recording);
        Assert.Equal(new StopOutcome.Stopped(TestCluster.Nine), stopped);
        Assert.Equal(new StopOutcome.AlreadyStopped(TestCluster.Nine), again);
        Assert.False(runs);
        Assert.Equal((RecordingStage.Sealed, TestCluster.Nine), (view.Stage, view.EndedAt));
        Assert.Equal((BookingStage.Ended, TestCluster.Nine), ((await cluster.Read(booking)).Stage, (await cluster.Read(booking)).EndedAt));
        Assert.Equal(["Done", "Done"], await Late("booking/stop"));
        Assert.Empty(cluster.Journal.Waiting);
    }

    [Fact]
    public async Task A_talk_that_is_started_meanwhile_is_recorded_under_a_lease_of_its_own_and_its_term_runs_from_then()
    {
        var (booking, room) = await cluster.Book();
        cluster.Presence.IsGone();
        var recording = await cluster.StartTalk(booking);
        cluster.Clock.Advance(AMinute);

        await cluster.ComeBack();
        await cluster.StartTalkAgain(booking);

        var view = await cluster.Read(recording);
        Assert.Equal((RecordingStage.Capturing, TestCluster.Nine, TestCluster.Nine.AddDays(14)), (view.Stage, view.StartedAt, view.ExpiresAt));
        Assert.True(cluster.Camera.Runs(new CameraId("camera-1"), recording));
        using var _ = TestCluster.As(TestCluster.Operator);
        var seen = await cluster.Client.Room(room).Read();
        Assert.Equal(new RoomTalk(booking, recording), seen.Talk);
        Assert.Equal((recording, 1), (seen.Camera!.Recording, seen.Camera.Epoch));
        Assert.Equal(["Done"], await Late("booking/start"));
    }

    [Fact]
    public async Task What_a_silo_did_and_did_not_live_to_enter_is_entered_by_its_next_start_and_a_repeat_adds_nothing()
    {
        var (booking, _) = await cluster.Book();
        cluster.Presence.IsGone();
        var recording = await cluster.StartTalk(booking);
        cluster.Clock.Advance(AMinute);
        await Stop(booking);
        var kept = cluster.Journal.Waiting;

        await cluster.Restart(TimeSpan.Zero);
        var before = await cluster.Read(booking);
        await cluster.ComeBack();
        foreach (var entry in kept)
        {
            await cluster.Journal.Keep(entry); // as another silo that had it, too
        }

        await cluster.ComeBack();

        var view = await cluster.Read(recording);
        Assert.Equal(BookingStage.Booked, before.Stage);
        Assert.Equal((RecordingStage.Sealed, TestCluster.Nine, TestCluster.Nine + AMinute), (view.Stage, view.StartedAt!.Value, view.EndedAt!.Value));
        Assert.Single(view.Parts);
        Assert.Equal(["Done"], await Late("booking/start"));
        Assert.Equal(["Done"], await Late("booking/stop"));
    }

    [Fact]
    public async Task A_talk_that_misses_a_notice_is_refused_as_always_and_the_refusal_is_entered()
    {
        var (booking, _) = await cluster.Book();
        cluster.Presence.IsGone();
        StartOutcome refused;
        using (TestCluster.As(TestCluster.Official))
        {
            refused = await cluster.Client.Booking(booking).StartTalk(null);
        }

        await cluster.ComeBack();

        Assert.Equal([NoticeKind.Spoken], Assert.IsType<StartOutcome.NoticesMissing>(refused).Missing);
        Assert.Equal(["Refused"], await Late("booking/start"));
        Assert.Equal(BookingStage.Booked, (await cluster.Read(booking)).Stage);
    }

    [Fact]
    public async Task A_camera_that_does_not_begin_leaves_nothing_but_the_refusal()
    {
        var (booking, _) = await cluster.Book();
        cluster.Presence.IsGone();
        cluster.Camera.Fault = CameraFault.Unreachable;
        StartOutcome refused;
        using (TestCluster.As(TestCluster.Official))
        {
            refused = await cluster.Client.Booking(booking).StartTalk(Language.Dutch);
        }

        cluster.Camera.Fault = null;
        await cluster.ComeBack();

        Assert.Equal(CameraFault.Unreachable, Assert.IsType<StartOutcome.CameraNotReady>(refused).Fault);
        Assert.Equal(["Refused"], await Late("booking/start"));
        await cluster.StartTalk(booking);
    }

    [Fact]
    public async Task One_talk_after_the_other_is_held_in_the_same_room_meanwhile()
    {
        var (first, room) = await cluster.Book();
        var (second, other) = await cluster.Book(time: new(TestCluster.Nine.AddMinutes(90), TestCluster.Nine.AddMinutes(120)));
        var recorded = await cluster.StartTalk(first);
        cluster.Presence.IsGone();
        await Stop(first);
        cluster.Clock.Advance(TimeSpan.FromMinutes(90));
        var next = await cluster.StartTalk(second);

        await cluster.ComeBack();

        Assert.Equal(room, other);
        Assert.Equal((RecordingStage.Sealed, RecordingStage.Capturing), ((await cluster.Read(recorded)).Stage, (await cluster.Read(next)).Stage));
        Assert.True(cluster.Camera.Runs(new CameraId("camera-1"), next));
    }

    [Fact]
    public async Task All_else_is_refused_meanwhile_with_the_way_out()
    {
        var (booking, room) = await cluster.Book();
        cluster.Presence.IsGone();

        using (TestCluster.As(TestCluster.Official))
        {
            Assert.Equal(BookingStage.Booked, (await cluster.Client.Booking(booking).Read()).Stage);
            await Refused(() => cluster.Client.Booking(booking).Cancel());
            await Refused(() => cluster.Client.Booking(booking).RecordObjection(ObjectionKind.Informal));
            await Refused(() => cluster.Client.Room(room).CheckSticker());
        }

        using (TestCluster.As(TestCluster.Administrator))
        {
            await Refused(() => cluster.Client.Booking(booking).StopTalk());
            await Refused(() => cluster.Client.Recording(RecordingId.New()).Read());
        }
    }

    private static async Task Refused(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<DatabaseAwayException>(call);
        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.Contains("Try again when the database is back", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<StopOutcome> Stop(BookingId booking)
    {
        using var _ = TestCluster.As(TestCluster.Official);
        return await cluster.Client.Booking(booking).StopTalk();
    }

    // The results of the late entries of a deed.
    private async Task<IEnumerable<string>> Late(string deed)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        return (await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000)).Where(entry => entry.Deed == deed && entry.Detail.Contains("\"late\":", StringComparison.Ordinal)).Select(entry => entry.Result.ToString());
    }
}
