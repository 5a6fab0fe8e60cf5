using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>The rows of the edge table that are about looking back; each method has the name of its row.</summary>
public sealed class EdgeTableAccessTests
{
    private static readonly ViewingTicket Ticket = ViewingTicket.Of("a ticket"u8);
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public async Task Secretary_away()
    {
        await using var cluster = await TestCluster.Start();
        var (first, second, third) = (await Ask(cluster), await Ask(cluster), await Ask(cluster));

        var before = await cluster.Approve(first, TestCluster.Deputy);
        var seenBefore = await SeenBy(cluster, TestCluster.Deputy);
        var appointment = await cluster.Appoint(Monday.AddDays(1), Monday.AddDays(2));
        var today = await cluster.Approve(first, TestCluster.Deputy);
        cluster.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 22, 59, 59, TimeSpan.Zero)); // 23:59:59 in Amsterdam
        var lastMoment = await cluster.Approve(first, TestCluster.Deputy);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        var onTheDay = await cluster.Approve(first, TestCluster.Deputy);
        var seen = await SeenBy(cluster, TestCluster.Deputy);
        using (TestCluster.As(TestCluster.Secretary))
        {
            await cluster.Client.Deputies(TestCluster.Site).Withdraw(appointment.Id);
        }

        var withdrawn = await cluster.Approve(second, TestCluster.Deputy);
        await cluster.Appoint(Monday.AddDays(1), Monday.AddDays(1));
        cluster.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 24, 23, 0, 0, TimeSpan.Zero)); // midnight after the last day
        var afterwards = await cluster.Approve(second, TestCluster.Deputy);

        Assert.All([before, today, lastMoment, withdrawn, afterwards], decision => Assert.IsType<Decision.NotToday>(decision));
        Assert.Equal(TestCluster.Deputy.Subject, Assert.IsType<Decision.Approved>(onTheDay).Grant.By);
        Assert.Equal(appointment, ((Decision.Approved)onTheDay).SignedGrant.Appointment!.Appointment);
        Assert.Equal((0, 3), (seenBefore, seen));
        Assert.Null(await cluster.Witness.WhyNot(((Decision.Approved)onTheDay).SignedGrant)); // what was decided on the day stands
        Assert.Null((await Read(second)).Decision);
        Assert.Null((await Read(third)).Decision);
    }

    [Fact]
    public async Task Secretary_is_a_party()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        using (TestCluster.As(TestCluster.Secretary))
        {
            await request.StandAside();
            await request.StandAside();
        }

        var bySecretary = await cluster.Approve(request);
        await cluster.Appoint(Monday, Monday);
        var byDeputy = await cluster.Approve(request, TestCluster.Deputy);
        using var _ = TestCluster.As(new Caller(TestCluster.Deputy.Subject, Roles.CameraAdministrator)); // who asked and became a deputy since
        var own = cluster.Client.AccessRequest(AccessRequestId.New());
        await own.Ask((await Read(request)).Question);
        var onOneself = await cluster.Approve(own, TestCluster.Deputy);

        Assert.IsType<Decision.StoodAside>(bySecretary);
        Assert.Equal(TestCluster.Deputy.Subject, Assert.IsType<Decision.Approved>(byDeputy).Grant.By);
        Assert.IsType<Decision.OwnRequest>(onOneself);
    }

    [Fact]
    public async Task Request_on_day_13()
    {
        await using var cluster = await TestCluster.Start();
        var old = await cluster.Record();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(13));
        var fresh = await Ask(cluster);
        var urgent = await Ask(cluster, old);

        using var _ = TestCluster.As(TestCluster.Secretary);
        var list = await cluster.Client.TownHall(TestCluster.Site).Requests();
        var approved = await cluster.Approve(urgent);
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        using var __ = TestCluster.As(TestCluster.Administrator);
        var late = await urgent.BeginViewing(Ticket);

        Assert.Equal([urgent.GetPrimaryKey(), fresh.GetPrimaryKey()], list.Select(request => request.Id.Value));
        Assert.Equal((TimeSpan.FromDays(1), true), (list[0].Deadline - TestCluster.Nine.AddDays(13), list[0].IsOpen));
        Assert.Equal(TestCluster.Nine.AddDays(14), Assert.IsType<Decision.Approved>(approved).Grant.ValidUntil);
        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.RecordingGone), late);
    }

    [Fact]
    public async Task Request_after_expiry()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var open = await Ask(cluster, recording);
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Recording(recording).Expire();
        }

        using var _ = TestCluster.As(TestCluster.Administrator);
        var certificate = (await cluster.Client.Recording(recording).Read()).Certificate!;
        var late = await cluster.Client.AccessRequest(AccessRequestId.New()).Ask((await Read(open)).Question);
        var answered = await open.Answer(new BackReply(BackAnswer.Pending, null));
        var decided = await cluster.Approve(open);
        using var __ = TestCluster.As(TestCluster.Secretary);
        var list = await cluster.Client.TownHall(TestCluster.Site).Requests();

        Assert.Equal(new AskOutcome.Gone(certificate.Number), late);
        Assert.Equal($"no longer exists: certificate {certificate.Number}", late.Refusal);
        Assert.IsType<Decision.TooLate>(decided);
        Assert.IsType<AnswerOutcome.Closed>(answered);
        Assert.False(list.Single().IsOpen);
    }

    [Fact]
    public async Task Administrator_changes_job()
    {
        await using var cluster = await TestCluster.Start();
        var (open, granted, done) = (await Ask(cluster), await Ask(cluster), await Ask(cluster));
        await cluster.Approve(granted);
        using (TestCluster.As(TestCluster.Secretary))
        {
            await done.Refuse(RefusalReason.NotNecessary);
        }

        using var _ = TestCluster.As(TestCluster.Administrator);
        await granted.BeginViewing(Ticket);
        await cluster.ChangeJob(TestCluster.Administrator.Subject);
        var running = await granted.Check(1, Ticket);
        await cluster.ChangeJob(TestCluster.Administrator.Subject);
        var again = await granted.BeginViewing(Ticket); // the role was given anew
        var decided = await cluster.Approve(open);

        Assert.Equal(ViewingRefusal.Lapsed, running);
        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.Lapsed), again);
        Assert.IsType<Decision.Lapsed>(decided);
        Assert.IsType<Decision.Lapsed>((await Read(granted)).Decision);
        Assert.IsType<Decision.Refused>((await Read(done)).Decision);
        using var __ = TestCluster.As(TestCluster.Officer);
        var trail = await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000);
        Assert.Equal(["open", "granted"], trail.Where(entry => entry.Deed == "lapsed").Select(entry => entry.Detail.Split('"')[3]));
        Assert.Single(trail, entry => entry.Deed == "watched");
        Assert.DoesNotContain(await cluster.Client.TownHall(TestCluster.Site).Requests(), request => request.IsOpen);
    }

    [Fact]
    public async Task Administrator_signs_out_everywhere_while_looking()
    {
        await using var cluster = await TestCluster.Start();
        var (granted, open) = (await Ask(cluster), await Ask(cluster));
        await cluster.Approve(granted);
        using var _ = TestCluster.As(TestCluster.Administrator);
        await granted.BeginViewing(Ticket);

        await cluster.SignOutEverywhere("administrator-2");
        var others = await granted.Check(1, Ticket);
        await cluster.SignOutEverywhere(TestCluster.Administrator.Subject);
        await cluster.SignOutEverywhere(TestCluster.Administrator.Subject);

        Assert.Null(others);
        Assert.Equal(ViewingRefusal.Ended, await granted.Check(1, Ticket));
        Assert.NotNull((await Read(granted)).Viewings.Single().EndedAt);
        Assert.Null((await Read(open)).Decision);
        using var __ = TestCluster.As(TestCluster.Officer);
        Assert.Single(await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000), entry => entry.Deed == "watched");
    }

    [Fact]
    public async Task Who_is_no_deputy_or_not_appointed_by_a_secretary_is_none_whatever_is_signed()
    {
        await using var cluster = await TestCluster.Start();
        var deputies = cluster.Client.Deputies(TestCluster.Site);
        using var _ = TestCluster.As(TestCluster.Secretary);
        var days = new DeputyDays(Monday, Monday);
        var drawn = await deputies.Draft(new AppointmentWish(TestCluster.Officer.Subject, days));
        var mine = await deputies.Draft(new AppointmentWish(TestCluster.Deputy.Subject, days));

        var officer = await deputies.Appoint(cluster.Sign(drawn));
        var signedByDeputy = await deputies.Appoint(new SignedAppointment(mine, cluster.Passkey.Sign(TestCluster.Deputy.Subject, mine.ToChallenge())));
        var longer = await Assert.ThrowsAsync<RecordingClusterException>(() => deputies.Draft(new AppointmentWish(TestCluster.Deputy.Subject, new DeputyDays(Monday, Monday.AddDays(42)))));
        var past = await Assert.ThrowsAsync<RecordingClusterException>(() => deputies.Draft(new AppointmentWish(TestCluster.Deputy.Subject, new DeputyDays(Monday.AddDays(-1), Monday))));
        var oneself = await Assert.ThrowsAsync<RecordingClusterException>(() => deputies.Appoint(cluster.Sign(mine with { Deputy = TestCluster.Secretary.Subject })));

        Assert.Contains("no deputy", Assert.IsType<AppointOutcome.NotRight>(officer).Why, StringComparison.Ordinal);
        Assert.IsType<AppointOutcome.NotRight>(signedByDeputy);
        Assert.Equal((ErrorKind.InvalidInput, ErrorKind.InvalidInput, ErrorKind.Conflict), (longer.Kind, past.Kind, oneself.Kind));
        Assert.Empty(await deputies.Read());
    }

    private static async Task<IAccessRequestGrain> Ask(TestCluster cluster, RecordingId? of = null)
    {
        var recording = of ?? await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using var _ = TestCluster.As(TestCluster.Administrator);
        var from = (await cluster.Client.Recording(recording).Read()).StartedAt!.Value;
        Assert.IsType<AskOutcome.Asked>(await request.Ask(new AccessQuestion(recording, new TimeRange(from, from.AddMinutes(1)), Purpose.ReportToPolice, new CaseReference("case-1"))));
        return request;
    }

    private static async Task<AccessRequestView> Read(IAccessRequestGrain request)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        return await request.Read();
    }

    private static async Task<int> SeenBy(TestCluster cluster, Caller caller)
    {
        using var _ = TestCluster.As(caller);
        return (await cluster.Client.TownHall(TestCluster.Site).Requests()).Length;
    }
}
