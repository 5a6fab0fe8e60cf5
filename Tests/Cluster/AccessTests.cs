using CsCheck;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R12 to R16, through the grains.</summary>
public sealed class AccessTests
{
    private static readonly ViewingTicket Ticket = ViewingTicket.Of("a ticket"u8);
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(1));

    [Fact]
    public async Task A_grant_lets_its_one_person_look_once_within_its_term_and_its_window()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Approved(cluster);
        using var _ = TestCluster.As(TestCluster.Administrator);

        var begun = await request.BeginViewing(Ticket);
        var again = await request.BeginViewing(Ticket);
        var inside = await request.Serve(1, Ticket, Window);
        var outside = await request.Serve(1, Ticket, new TimeRange(Window.Until, Window.Until.AddMinutes(1)));
        var stranger = await request.Serve(1, ViewingTicket.Of("another"u8), Window);
        cluster.Clock.Advance(TimeSpan.FromHours(24));
        var late = await request.Serve(1, Ticket, Window);

        Assert.Equal(1, Assert.IsType<BeginViewingOutcome.Begun>(begun).Viewing);
        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.UsedUp), again);
        Assert.Equal((null, ViewingRefusal.OutsideWindow, ViewingRefusal.NoSuchViewing), (inside, outside, stranger));
        Assert.Contains(late, new ViewingRefusal?[] { ViewingRefusal.TermPassed, ViewingRefusal.NoSuchViewing });
    }

    [Theory]
    [InlineData(Roles.CameraAdministrator)]
    [InlineData(Roles.CameraAdministrator | Roles.Official)]
    public async Task Another_administrator_may_not_use_the_grant_nor_know_of_it(Roles roles)
    {
        await using var cluster = await TestCluster.Start();
        var request = await Approved(cluster);
        using var _ = TestCluster.As(new Caller("administrator-2", roles));

        var begun = await request.BeginViewing(Ticket);
        var read = await Assert.ThrowsAsync<RecordingClusterException>(request.Read);

        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.OtherPerson), begun);
        Assert.Equal(ErrorKind.NotFound, read.Kind);
    }

    [Fact]
    public async Task A_grant_never_reaches_past_the_recordings_term()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14).AddHours(-1));
        var request = await Ask(cluster, recording);

        var decision = await cluster.Approve(request);

        Assert.Equal(TestCluster.Nine.AddDays(14), Assert.IsType<Decision.Approved>(decision).Grant.ValidUntil);
    }

    [Fact]
    public async Task What_was_watched_is_in_the_request_and_in_the_trail()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Approved(cluster);
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.BeginViewing(Ticket);
            await request.Serve(1, Ticket, new TimeRange(TestCluster.Nine, TestCluster.Nine.AddSeconds(10)));
            await request.Serve(1, Ticket, new TimeRange(TestCluster.Nine.AddSeconds(10), TestCluster.Nine.AddSeconds(20)));
            await request.Serve(1, Ticket, new TimeRange(TestCluster.Nine.AddSeconds(40), TestCluster.Nine.AddSeconds(50)));
            await request.EndViewing(1, Ticket);
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        var viewing = (await request.Read()).Viewings.Single();
        var trail = await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000);

        Assert.Equal([new TimeRange(TestCluster.Nine, TestCluster.Nine.AddSeconds(20)), new TimeRange(TestCluster.Nine.AddSeconds(40), TestCluster.Nine.AddSeconds(50))], viewing.Watched);
        Assert.Contains("\"seconds\":30", trail.Single(entry => entry.Deed == "watched").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_deed_is_opened_and_closed_in_the_trail_and_a_refusal_has_its_line()
    {
        await using var cluster = await TestCluster.Start();
        await Approved(cluster);
        using (TestCluster.As(TestCluster.Operator))
        {
            await Assert.ThrowsAsync<RecordingClusterException>(() => cluster.Client.AccessRequest(AccessRequestId.New()).Refuse(RefusalReason.NotNecessary));
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        var trail = await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000);

        var opened = trail.Where(entry => entry.Result == AuditResult.Opened).ToList();
        Assert.Equal(
            ["regulation/draft", "regulation/advise", "regulation/consent", "regulation/activate", "booking/book", "booking/letter", "room/sticker", "booking/start", "booking/stop", "access-request/ask", "access-request/approve", "audit-trail/read"],
            opened.Select(entry => entry.Deed));
        Assert.Equal(opened.SkipLast(1).Select(entry => (long?)entry.Number), trail.Where(entry => entry.Opening is not null).Select(entry => entry.Opening));
        var refusal = trail.Single(entry => entry.Result == AuditResult.Refused);
        Assert.Equal(("access-request/refuse", "operator-1 (Operator)"), (refusal.Deed, refusal.Actor));
    }

    [Fact]
    public async Task Whatever_two_starts_two_stops_and_two_approvals_come_in_any_order_there_is_one_recording_and_one_decision()
    {
        await using var cluster = await TestCluster.Start();

        await Gen.Shuffle(new[] { 0, 0, 1, 1, 2, 2, 3 }).SampleAsync(order => Run(cluster, order), iter: 40);

        static async Task Run(TestCluster cluster, int[] order)
        {
            var (booking, _) = await cluster.Book();
            var recordings = new HashSet<RecordingId>();
            var decisions = new HashSet<Decision>();
            var stops = new HashSet<DateTimeOffset>();
            var request = cluster.Client.AccessRequest(AccessRequestId.New());
            foreach (var step in order)
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(1));
                switch (step)
                {
                    case 0:
                        using (TestCluster.As(TestCluster.Official))
                        {
                            recordings.UnionWith(await Recordings(cluster.Client.Booking(booking)));
                        }

                        break;
                    case 1:
                        using (TestCluster.As(TestCluster.Official))
                        {
                            stops.UnionWith(await cluster.Client.Booking(booking).StopTalk() switch
                            {
                                StopOutcome.Stopped stopped => [stopped.At],
                                StopOutcome.AlreadyStopped stopped => [stopped.At],
                                _ => Array.Empty<DateTimeOffset>(),
                            });
                        }

                        break;
                    case 2 when recordings.Count > 0 && stops.Count > 0:
                        var view = await cluster.Read(recordings.Single());
                        using (TestCluster.As(TestCluster.Administrator))
                        {
                            await request.Ask(new AccessQuestion(view.Id, new TimeRange(view.StartedAt!.Value, view.EndedAt!.Value), Purpose.Complaint, new CaseReference("case-1")));
                        }

                        decisions.Add(await cluster.Approve(request));

                        break;
                    case 3 when decisions.Count > 0:
                        using (TestCluster.As(TestCluster.Secretary))
                        {
                            decisions.Add(await request.Refuse(RefusalReason.NotNecessary));
                        }

                        break;
                }
            }

            using (TestCluster.As(TestCluster.Official))
            {
                await cluster.Client.Booking(booking).StopTalk();
            }

            Assert.True(recordings.Count <= 1 && decisions.Count <= 1 && stops.Count <= 1, $"{recordings.Count} recordings, {decisions.Count} decisions, {stops.Count} stops");
            Assert.Single(recordings);
            Assert.All(cluster.Camera.Leases.GroupBy(lease => lease.Order.Recording), leases => Assert.Single(leases));
        }

        static async Task<RecordingId[]> Recordings(IBookingGrain booking)
        {
            try
            {
                return await booking.StartTalk(Language.Dutch) switch
                {
                    StartOutcome.Started started => [started.Recording],
                    StartOutcome.AlreadyStarted started => [started.Recording],
                    _ => [],
                };
            }
            catch (RecordingClusterException over) when (over.Kind == ErrorKind.Conflict)
            {
                return [];
            }
        }
    }

    [Fact]
    public async Task Nobody_without_the_role_gets_in_and_neither_does_nobody()
    {
        await using var cluster = await TestCluster.Start();
        var calls = new Func<Task>[]
        {
            () => cluster.Client.Recording(RecordingId.New()).Stop(),
            () => cluster.Client.AccessRequest(AccessRequestId.New()).Refuse(RefusalReason.NotNecessary),
            () => cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1),
            () => cluster.Client.GetGrain<Orleans.Runtime.IManagementGrain>(0).GetHosts(),
        };

        foreach (var call in calls)
        {
            Assert.Equal(ErrorKind.Denied, (await Assert.ThrowsAsync<RecordingClusterException>(call)).Kind);
            using var _ = TestCluster.As(TestCluster.BookingSystem);
            Assert.Equal(ErrorKind.Denied, (await Assert.ThrowsAsync<RecordingClusterException>(call)).Kind);
        }
    }

    private static async Task<IAccessRequestGrain> Ask(TestCluster cluster, RecordingId recording)
    {
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using var _ = TestCluster.As(TestCluster.Administrator);
        Assert.IsType<AskOutcome.Asked>(await request.Ask(new AccessQuestion(recording, Window, Purpose.ReportToPolice, new CaseReference("case-1"))));
        return request;
    }

    private static async Task<IAccessRequestGrain> Approved(TestCluster cluster)
    {
        var request = await Ask(cluster, await cluster.Record());
        Assert.IsType<Decision.Approved>(await cluster.Approve(request));
        return request;
    }
}
