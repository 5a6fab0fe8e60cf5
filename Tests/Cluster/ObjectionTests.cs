using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R5 through the grains: an objection pauses and closes at once, and somebody else assesses anew.</summary>
public sealed class ObjectionTests
{
    private static readonly CameraId Camera = new("camera-1");

    [Fact]
    public async Task Before_the_talk_nothing_is_recorded_until_it_is_rejected()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using (TestCluster.As(TestCluster.BookingSystem))
        {
            await booking.RecordObjection(ObjectionKind.GdprArticle21);
        }

        using var _ = TestCluster.As(TestCluster.Official);
        var open = await booking.StartTalk(Language.Dutch);
        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.RejectObjection(1, RejectionReason.CompellingGrounds);
            var byDecider = await Assert.ThrowsAsync<RecordingClusterException>(() => booking.StartTalk(Language.Dutch));
            Assert.Equal(ErrorKind.Denied, byDecider.Kind); // the interviewer never decides, whichever comes first
        }

        var started = await booking.StartTalk(Language.Dutch);

        Assert.IsType<StartOutcome.ObjectionOpen>(open);
        Assert.IsType<StartOutcome.Started>(started);
    }

    [Fact]
    public async Task Before_the_talk_upheld_it_is_held_unrecorded_and_a_room_without_camera_is_offered()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.RecordObjection(ObjectionKind.Informal);
        ObjectionOutcome upheld;
        using (TestCluster.As(TestCluster.Colleague))
        {
            upheld = await booking.UpholdObjection(1);
        }

        var swapped = await booking.SwapRoom(new RoomId("room-4"));
        var started = await booking.StartTalk(spokenIn: null);
        var again = await booking.RecordObjection(ObjectionKind.Informal);

        Assert.Equal([new RoomId("room-3"), new RoomId("room-4")], Assert.IsType<ObjectionOutcome.Upheld>(upheld).RoomsWithoutCamera);
        Assert.Equal((new SwapOutcome.Swapped(new RoomId("room-4")), (StartOutcome)new StartOutcome.NotRecorded(WhyUnrecorded.Objection)), (swapped, started));
        Assert.IsType<ObjectOutcome.NothingRecorded>(again);
        Assert.Empty(cluster.Camera.Leases);
    }

    [Fact]
    public async Task During_the_talk_upheld_what_was_made_is_gone_with_a_certificate_and_the_talk_goes_on_in_a_room_without_camera()
    {
        await using var cluster = await TestCluster.Start();
        var (id, room) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.RecordObjection(ObjectionKind.Informal);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        ObjectionOutcome.Upheld upheld;
        using (TestCluster.As(TestCluster.Colleague))
        {
            upheld = Assert.IsType<ObjectionOutcome.Upheld>(await booking.UpholdObjection(1));
            Assert.Equal(upheld.Certificate, Assert.IsType<ObjectionOutcome.Upheld>(await booking.UpholdObjection(1)).Certificate);
        }

        var certificate = (await cluster.Read(recording)).Certificate!;
        var swapped = await booking.SwapRoom(upheld.RoomsWithoutCamera[0]);
        await booking.StopTalk();

        Assert.Equal((ErasureReason.ObjectionUpheld, upheld.Certificate, TestCluster.Nine.AddMinutes(5)), (certificate.Reason, certificate.Number, certificate.ErasedAt));
        Assert.Empty(Directory.EnumerateFiles(cluster.VaultFolder));
        Assert.IsType<SwapOutcome.Swapped>(swapped);
        Assert.Empty((await cluster.Client.Room(room).Read()).Recordings);
        Assert.Equal((BookingStage.Ended, recording), ((await booking.Read()).Stage, (await booking.Read()).Recording!.Value));
        Assert.False(cluster.Camera.IsRecording(Camera));
    }

    [Fact]
    public async Task After_the_talk_it_is_closed_to_viewing_until_it_is_rejected_and_its_term_stays()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.StopTalk();

        cluster.Clock.Advance(TimeSpan.FromDays(3));
        var objected = Assert.IsType<ObjectOutcome.Open>(await booking.RecordObjection(ObjectionKind.AdministrativeLaw)).Objection;
        var closed = await cluster.Read(recording);
        cluster.Clock.Advance(TimeSpan.FromDays(3));
        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.RejectObjection(1, RejectionReason.Inadmissible);
        }

        var open = await cluster.Read(recording);

        Assert.Equal(ObjectionMoment.After, objected.Moment);
        Assert.Equal((RecordingStage.Held, RecordingStage.Sealed), (closed.Stage, open.Stage));
        Assert.Equal((TestCluster.Nine.AddDays(14), closed.Parts.Length), (open.ExpiresAt, open.Parts.Length));
    }

    [Fact]
    public async Task While_another_kind_is_open_a_rejection_releases_nothing()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.RecordObjection(ObjectionKind.Informal);
        await booking.RecordObjection(ObjectionKind.GdprArticle21);
        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.RejectObjection(1, RejectionReason.RiskStands);
            var one = (await cluster.Read(recording)).Stage;
            await booking.RejectObjection(2, RejectionReason.RiskStands);

            Assert.Equal((RecordingStage.Held, RecordingStage.Capturing), (one, (await cluster.Read(recording)).Stage));
        }
    }

    [Fact]
    public async Task The_talk_ends_while_an_objection_is_open_and_what_was_made_stays_closed()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await booking.RecordObjection(ObjectionKind.Informal);

        await booking.StopTalk();
        var after = await cluster.Read(recording);
        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.RejectObjection(1, RejectionReason.RiskStands);
        }

        Assert.Equal(RecordingStage.Held, after.Stage);
        Assert.Equal((RecordingStage.Sealed, 1), ((await cluster.Read(recording)).Stage, cluster.Camera.Leases.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_could_not_be_carried_out_is_carried_out_by_the_reminder(bool isUpheld)
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        var booking = cluster.Client.Booking(id);
        using (TestCluster.As(TestCluster.Official))
        {
            cluster.Camera.IsStuck = true;
            await Assert.ThrowsAnyAsync<Exception>(() => booking.RecordObjection(ObjectionKind.Informal));
        }

        if (isUpheld)
        {
            using var _ = TestCluster.As(TestCluster.Colleague);
            await Assert.ThrowsAnyAsync<Exception>(() => booking.UpholdObjection(1));
        }

        cluster.Camera.IsStuck = false;
        var stage = isUpheld ? RecordingStage.Erased : RecordingStage.Held;
        await cluster.Until(async () => (await cluster.Read(recording)).Stage == stage && !cluster.Camera.IsRecording(Camera));

        Assert.Equal(isUpheld, (await cluster.Read(id)).Objections.Single().Decision is ObjectionDecision.Upheld);
        Assert.False(cluster.Camera.IsRecording(Camera));
    }

    [Fact]
    public async Task Against_what_no_longer_exists_the_certificates_number_is_told()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var recording = await cluster.StartTalk(id);
        using var _ = TestCluster.As(TestCluster.Official);
        await cluster.Client.Booking(id).StopTalk();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Recording(recording).Expire();
        }

        var gone = await cluster.Client.Booking(id).RecordObjection(ObjectionKind.Informal);

        Assert.Equal(new ObjectOutcome.Gone((await cluster.Read(recording)).Certificate!.Number), gone);
    }

    [Fact]
    public async Task Objections_and_their_decisions_are_counted_from_the_trail_and_nobody_who_objects_is_in_it()
    {
        await using var cluster = await TestCluster.Start();
        var (id, _) = await cluster.Book();
        var booking = cluster.Client.Booking(id);
        using (TestCluster.As(TestCluster.Official))
        {
            await booking.RecordObjection(ObjectionKind.GdprArticle21);
        }

        using (TestCluster.As(TestCluster.Colleague))
        {
            await booking.RejectObjection(1, RejectionReason.LegalClaim);
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        var trail = await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000);

        var put = trail.Single(entry => entry is { Deed: "booking/object", Result: AuditResult.Done });
        var decided = trail.Single(entry => entry is { Deed: "booking/reject", Result: AuditResult.Done });
        Assert.Equal($"booking/{id}", put.Subject);
        Assert.All(new[] { "\"kind\":\"GdprArticle21\"", "\"moment\":\"Before\"", "\"number\":1", "room-1" }, fact => Assert.Contains(fact, put.Detail, StringComparison.Ordinal));
        Assert.All(new[] { "LegalClaim", "\"number\":1", "official-2" }, fact => Assert.Contains(fact, decided.Detail, StringComparison.Ordinal));
    }
}
