using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>What an objection and a room swap do to the recording itself (R4, R5).</summary>
public sealed class HoldTests
{
    private static readonly ViewingTicket Ticket = ViewingTicket.Of("a ticket"u8);
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(1));
    private static readonly CameraId First = new("camera-1");
    private static readonly CameraId Second = new("camera-2");

    [Fact]
    public async Task Held_it_records_nothing_and_released_it_goes_on_as_a_new_part()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        using var _ = TestCluster.As(Caller.Silo);
        var grain = cluster.Client.Recording(recording);

        await grain.Hold();
        var held = await grain.Read();
        var recordedWhileHeld = cluster.Camera.IsRecording(First);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await grain.Release();
        await grain.Release();
        var recordedAfter = cluster.Camera.IsRecording(First);
        await grain.Stop();

        Assert.Equal((RecordingStage.Held, PartState.Closed), (held.Stage, held.Parts.Single().State));
        Assert.Equal((false, true), (recordedWhileHeld, recordedAfter));
        var parts = (await grain.Read()).Parts;
        Assert.Equal([(1, TestCluster.Nine), (2, TestCluster.Nine.AddMinutes(5))], parts.Select(part => (part.Id.Epoch, part.Span.From)));
    }

    [Fact]
    public async Task Held_while_somebody_looks_it_ends_the_viewing_at_its_next_stretch_and_a_new_one_does_not_begin()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.Ask(new AccessQuestion(recording, Window, Purpose.Complaint, new CaseReference("case-1")));
        }

        await cluster.Approve(request);
        using var _ = TestCluster.As(TestCluster.Administrator);
        await request.BeginViewing(Ticket);
        var before = await request.Serve(1, Ticket, Window);
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Recording(recording).Hold();
        }

        var check = await request.Check(1, Ticket);
        var stretch = await request.Serve(1, Ticket, Window);

        Assert.Equal((null, ViewingRefusal.ObjectionOpen, ViewingRefusal.Ended), (before, check, stretch));
        Assert.NotNull((await request.Read()).Viewings.Single().EndedAt);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Erased_by_a_decision_it_is_gone_at_once_with_one_certificate_that_says_so(bool isHeld, bool isOver)
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        using var _ = TestCluster.As(Caller.Silo);
        var grain = cluster.Client.Recording(recording);
        await (isHeld ? grain.Hold() : Task.CompletedTask);
        await (isOver ? grain.Stop() : Task.CompletedTask);

        var certificate = await grain.Erase();
        var again = await grain.Erase();

        Assert.Equal((ErasureReason.ObjectionUpheld, ErasedBy.Decision, false, TestCluster.Nine), (certificate!.Reason, certificate.By, certificate.OpensAfterwards, certificate.DueAt));
        Assert.Equal(certificate.Number, again!.Number);
        Assert.Equal((RecordingStage.Erased, false), ((await grain.Read()).Stage, cluster.Camera.IsRecording(First)));
        Assert.Empty(Directory.EnumerateFiles(cluster.VaultFolder));
    }

    [Fact]
    public async Task An_objection_that_is_open_at_the_term_changes_nothing_about_erasure()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        using var _ = TestCluster.As(Caller.Silo);
        await cluster.Client.Recording(recording).Hold();

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        await cluster.Client.Recording(recording).Expire();
        await cluster.Client.Recording(recording).Release();
        var certificate = await cluster.Client.Recording(recording).Erase();

        Assert.Equal((ErasureReason.TermPassed, TestCluster.Nine.AddDays(14)), (certificate!.Reason, certificate.DueAt));
    }

    [Fact]
    public async Task Moved_the_old_camera_is_stopped_and_each_part_names_its_room_in_the_order_in_which_they_were_made()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        using var _ = TestCluster.As(Caller.Silo);
        var grain = cluster.Client.Recording(recording);

        var moved = await grain.Move(Order(booking, "room-2", Second));
        var (first, second) = (cluster.Camera.IsRecording(First), cluster.Camera.IsRecording(Second));
        await grain.Stop();

        Assert.Equal((null, false, true), (moved, first, second));
        var parts = (await grain.Read()).Parts;
        Assert.Equal([(1, new RoomId("room-1"), First), (2, new RoomId("room-2"), Second)], parts.Select(part => (part.Id.Epoch, part.Room!.Value, part.Camera!.Value)));
    }

    [Fact]
    public async Task Moved_to_a_camera_that_does_not_begin_it_goes_on_where_it_was_and_loses_nothing()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        cluster.Camera.Fault = CameraFault.Unreachable;
        using var _ = TestCluster.As(Caller.Silo);
        var grain = cluster.Client.Recording(recording);

        var moved = await grain.Move(Order(booking, "room-2", Second));
        await grain.Stop();

        Assert.Equal(CameraFault.Unreachable, moved);
        Assert.Equal([First, First], (await grain.Read()).Parts.Select(part => part.Camera!.Value));
        Assert.Null((await cluster.Client.Camera(Second).Read()).Recording);
    }

    private static RecordingOrder Order(BookingId booking, string room, CameraId camera) => new(booking, new RoomId(room), camera, TestCluster.Nine.AddMinutes(40));
}
