using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Cluster;

/// <summary>The edges of a talk and what happens there by default: each row of the table is a test of that name.</summary>
public sealed class EdgeTableTests
{
    private static readonly CameraId First = new("camera-1");
    private static readonly CameraId Second = new("camera-2");

    [Fact]
    public async Task Objection_during_the_talk()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var official = TestCluster.As(TestCluster.Official);

        var objected = Assert.IsType<ObjectOutcome.Open>(await booking.RecordObjection(ObjectionKind.Informal)).Objection;
        var held = await cluster.Read(recording);
        var byInterviewer = await booking.RejectObjection(objected.Number, RejectionReason.RiskStands);
        using (TestCluster.As(TestCluster.BookingSystem))
        {
            Assert.Equal(objected, Assert.IsType<ObjectOutcome.Open>(await booking.RecordObjection(ObjectionKind.Informal)).Objection);
        }

        var isRecordedMeanwhile = cluster.Camera.IsRecording(First);
        var asked = await Ask(cluster, recording);
        using (TestCluster.As(TestCluster.Colleague))
        {
            Assert.IsType<ObjectionOutcome.Rejected>(await booking.RejectObjection(objected.Number, RejectionReason.RiskStands));
        }

        await booking.StopTalk();

        Assert.Equal((RecordingStage.Held, PartState.Closed), (held.Stage, held.Parts.Single().State));
        Assert.IsType<ObjectionOutcome.NotByYou>(byInterviewer);
        Assert.False(isRecordedMeanwhile);
        Assert.IsType<AskOutcome.StillRecording>(asked);
        Assert.Equal([1, 2], (await cluster.Read(recording)).Parts.Select(part => part.Id.Epoch));
    }

    [Fact]
    public async Task Camera_off_when_a_raised_risk_talk_begins()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        cluster.Camera.Fault = CameraFault.Unreachable;
        using var _ = TestCluster.As(TestCluster.Official);

        var told = await booking.StartTalk(Language.Dutch);
        var unchosen = await booking.StartUnrecorded();
        await booking.ChooseWithoutCamera(CameraOffChoice.SecondOfficial);
        var held = await booking.StartUnrecorded();

        Assert.Equal(new StartOutcome.CameraNotReady(First, CameraFault.Unreachable), told);
        Assert.IsType<StartOutcome.NothingInTheWay>(unchosen);
        Assert.Equal(new StartOutcome.NotRecorded(WhyUnrecorded.CameraOff), held);
        var view = await booking.Read();
        Assert.Equal(
            new CameraOff(First, CameraFault.Unreachable, TestCluster.Nine, new CameraOffChosen(CameraOffChoice.SecondOfficial, "official-1", TestCluster.Nine)), view.CameraOff);
        Assert.Equal((WhyUnrecorded.CameraOff, null), (view.Unrecorded, view.Recording));
    }

    [Fact]
    public async Task Camera_off_and_the_talk_goes_to_the_other_camera_room()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        cluster.Camera.Fault = CameraFault.Unreachable;
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.StartTalk(Language.Dutch);
        cluster.Camera.Fault = null;

        await booking.ChooseWithoutCamera(CameraOffChoice.OtherCameraRoom);
        var swapped = await booking.SwapRoom(new RoomId("room-2"));
        var withoutSticker = await booking.StartTalk(Language.Dutch);
        await cluster.Client.Room(new RoomId("room-2")).CheckSticker();
        var started = await booking.StartTalk(Language.Dutch);

        Assert.Equal(new SwapOutcome.Swapped(new RoomId("room-2")), swapped);
        Assert.Equal([NoticeKind.Sticker], Assert.IsType<StartOutcome.NoticesMissing>(withoutSticker).Missing);
        Assert.IsType<StartOutcome.Started>(started);
        Assert.Equal(CameraOffChoice.OtherCameraRoom, (await booking.Read()).CameraOff!.Chosen!.Choice);
    }

    [Fact]
    public async Task Camera_dies_in_the_talk()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var gap = new CaptureGap(TestCluster.Nine.AddMinutes(1), CameraFault.Unreachable);
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Camera(First).Tell(1, new CaptureHealth(new PartId(recording, 1, 1), TestCluster.Nine, 0, 0, 0, gap));
        }

        var told = (Booking: (await cluster.Read(id)).Gap, Room: await GapIn(cluster, room));
        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(id).RecordObjection(ObjectionKind.Informal);
        }

        var leases = cluster.Camera.Leases.Count;
        await cluster.Restart(away: TimeSpan.FromMinutes(1));
        await cluster.Vault.Recover();
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Room(room).Resume();
        }

        Assert.Equal((gap, gap), told);
        Assert.Equal((1, 0), (leases, cluster.Camera.Leases.Count)); // no restart after an objection
        Assert.Equal((RecordingStage.Held, null), ((await cluster.Read(recording)).Stage, (await cluster.Read(id)).Gap));
    }

    [Fact]
    public async Task Both_camera_rooms_taken()
    {
        await using var cluster = await TestCluster.Start();
        await cluster.Book();
        await cluster.Book();
        var time = new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(30));
        using var _ = TestCluster.As(TestCluster.BookingSystem);

        var outcome = await cluster.Client.Booking(new BookingId("ref-3")).Book(new BookingRequest(time, TestCluster.Assess(Risk.Raised)));

        var next = TestCluster.Nine.AddMinutes(30) + TestRegulation.Terms.Grace + cluster.Rules.SetUp;
        Assert.Equal([new TimeRange(next, next.AddMinutes(30))], Assert.IsType<BookOutcome.NoneFree>(outcome).NextFree);
        Assert.Equal(BookingStage.Unknown, (await cluster.Read(new BookingId("ref-3"))).Stage);
    }

    [Fact]
    public async Task Room_swap()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var (booking, room) = (cluster.Client.Booking(id), cluster.Client.Room(new RoomId("room-2")));
        using var _ = TestCluster.As(TestCluster.Official);

        var lesser = await booking.SwapRoom(new RoomId("room-3"));
        var withoutSticker = await booking.SwapRoom(new RoomId("room-2"));
        await room.CheckSticker();
        cluster.Camera.Fault = CameraFault.Unreachable;
        var withoutCamera = await booking.SwapRoom(new RoomId("room-2"));
        var (stays, occupied) = (cluster.Camera.IsRecording(First), (await room.Read()).Talk);
        cluster.Camera.Fault = null;
        var swapped = await booking.SwapRoom(new RoomId("room-2"));
        var again = await booking.SwapRoom(new RoomId("room-2"));
        var cameras = (cluster.Camera.IsRecording(First), cluster.Camera.IsRecording(Second));
        var old = await cluster.Client.Room(new RoomId("room-1")).Read();
        var taken = await room.Read();
        await booking.StopTalk();

        Assert.Equal(new SwapOutcome.OtherKind(NeedsCamera: true), lesser);
        Assert.Equal([NoticeKind.Sticker], Assert.IsType<SwapOutcome.NoticesMissing>(withoutSticker).Missing);
        Assert.Equal(new SwapOutcome.CameraNotReady(Second, CameraFault.Unreachable), withoutCamera);
        Assert.Equal((true, null), (stays, occupied));
        Assert.Equal((new SwapOutcome.Swapped(new RoomId("room-2")), swapped), (swapped, again));
        Assert.Equal((false, true), cameras);
        Assert.Null(old.Talk);
        Assert.Empty(old.Reserved);
        Assert.Equal(recording, old.Recordings.Single().Recording);
        Assert.Equal(new RoomTalk(id, recording), taken.Talk);
        Assert.Equal(["room-1", "room-1", "room-2"], (await cluster.Read(recording)).Parts.Select(part => part.Room!.Value.Value));
    }

    [Fact]
    public async Task Talk_runs_out()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddMinutes(35));
        using (TestCluster.As(TestCluster.Official))
        {
            Assert.Equal(new LengthenOutcome.Lengthened(TestCluster.Nine.AddMinutes(45)), await cluster.Client.Booking(id).Lengthen(TestCluster.Nine.AddMinutes(45)));
        }

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddMinutes(54));
        var before = cluster.Camera.IsRecording(First);
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddMinutes(55));
        await cluster.Until(async () => (await cluster.Read(id)).Stage == BookingStage.Ended);

        Assert.True(before);
        Assert.Equal(TestCluster.Nine.AddMinutes(55), cluster.Camera.StopAt(recording));
        Assert.InRange((await cluster.Read(recording)).EndedAt!.Value, TestCluster.Nine.AddMinutes(55), TestCluster.Nine.AddMinutes(56));
        Assert.Equal(TestCluster.Nine.AddDays(14), (await cluster.Read(recording)).ExpiresAt);
    }

    [Fact]
    public async Task Official_forgets_the_spoken_notice()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);

        var forgotten = await booking.StartTalk(spokenIn: null);
        var unrecorded = await booking.StartUnrecorded();
        var recordedMeanwhile = cluster.Camera.IsRecording(First);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await booking.StartTalk(Language.English);

        Assert.Equal([NoticeKind.Spoken], Assert.IsType<StartOutcome.NoticesMissing>(forgotten).Missing);
        Assert.IsType<StartOutcome.NothingInTheWay>(unrecorded); // it can still be said
        Assert.False(recordedMeanwhile);
        Assert.Equal(new SpokenNotice(Language.English, "official-1", TestCluster.Nine.AddMinutes(2)), (await booking.Read()).Spoken);
    }

    [Fact]
    public async Task Sticker_missing_or_letter_not_sent()
    {
        await using var cluster = await TestCluster.Start();
        var booking = cluster.Client.Booking(new BookingId("ref-1"));
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.Book(new BookingRequest(new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(30)), TestCluster.Assess(Risk.Raised)));

        var refused = await booking.StartTalk(Language.Dutch);
        var held = await booking.StartUnrecorded();
        await booking.RecordLetter(new LetterNotice(new DateOnly(2026, 11, 23), "model-1", Language.Dutch));
        var later = await booking.StartTalk(Language.Dutch);

        Assert.Equal([NoticeKind.Sticker, NoticeKind.Letter], Assert.IsType<StartOutcome.NoticesMissing>(refused).Missing);
        Assert.Equal((new StartOutcome.NotRecorded(WhyUnrecorded.NoticesMissing), held), (held, later));
        Assert.Empty(cluster.Camera.Leases);
        Assert.Null((await booking.Read()).Letter); // a letter after the start is no notice beforehand
    }

    private static async Task<AskOutcome> Ask(TestCluster cluster, RecordingId recording)
    {
        using var _ = TestCluster.As(TestCluster.Administrator);
        return await cluster.Client.AccessRequest(AccessRequestId.New()).Ask(
            new AccessQuestion(recording, new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(1)), Purpose.Complaint, new CaseReference("case-1")));
    }

    private static async Task<CaptureGap?> GapIn(TestCluster cluster, RoomId room)
    {
        using var _ = TestCluster.As(TestCluster.Reception);
        return (await cluster.Client.Room(room).Read()).Camera!.Health!.Gap;
    }
}
