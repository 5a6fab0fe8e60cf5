using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Who gets past the filter that stands before every grain (DESIGN §6, R15).</summary>
public sealed class CallerTests
{
    [Fact]
    public async Task Nothing_that_a_booking_client_puts_into_the_context_makes_it_more_than_it_is()
    {
        await using var cluster = await TestCluster.Start();
        var certificate = cluster.Certificates.Issue("room-booking", CertificateRole.BookingClient);
        string Sign(Caller caller) => CallerToken.Sign(caller, certificate, cluster.Clock.GetUtcNow());
        var booking = cluster.Client.Booking(new BookingId("ref-1"));
        var request = cluster.Client.AccessRequest(AccessRequestId.New());

        using var _ = CallerContext.Use(Sign(new Caller("room-booking", Roles.BookingSystem)));
        var stage = (await booking.Read()).Stage;
        foreach (var forged in new object[] { Sign(new Caller("room-booking", Roles.Silo)), Sign(Caller.Silo), Sign(TestCluster.Secretary), "128:silo", true, TestCluster.Secretary })
        {
            RequestContext.Set(CallerContext.SiloKey, forged);
            await Denied(() => request.Refuse(RefusalReason.NotNecessary));
            RequestContext.Remove(CallerContext.SiloKey);
            RequestContext.Set(CallerContext.PersonKey, forged);
            await Denied(() => request.Refuse(RefusalReason.NotNecessary));
            await Denied(booking.Read);
        }

        Assert.Equal(BookingStage.Unknown, stage);
    }

    [Fact]
    public async Task A_token_that_is_not_believed_is_refused_and_the_trail_says_why()
    {
        await using var cluster = await TestCluster.Start();
        var stale = CallerToken.Sign(TestCluster.Secretary, cluster.Certificates.Own, cluster.Clock.GetUtcNow());
        var foreign = CallerToken.Sign(TestCluster.Secretary, Security.TestCertificates.Make("silo-1"), cluster.Clock.GetUtcNow().AddMinutes(10));
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        var request = cluster.Client.AccessRequest(AccessRequestId.New());

        foreach (var token in new[] { stale, foreign })
        {
            using var _ = CallerContext.Use(token);
            await Denied(() => request.Refuse(RefusalReason.NotNecessary));
        }

        await Denied(() => request.Refuse(RefusalReason.NotNecessary));
        using var __ = TestCluster.As(TestCluster.Officer);
        var refusals = (await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 100)).Where(entry => entry.Result == AuditResult.Refused).ToList();
        Assert.All(refusals, refusal => Assert.Equal(("unknown", "access-request/refuse"), (refusal.Actor, refusal.Deed)));
        Assert.Equal(
            ["a token whose time has passed, has not come, or is too long", "a token whose signer is unknown, expired or revoked", "nobody says who calls"],
            refusals.Select(refusal => System.Text.Json.JsonDocument.Parse(refusal.Detail).RootElement.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_digest_is_as_good_as_its_token_where_that_is_known_and_nothing_is_done_or_written_where_it_is_not()
    {
        await using var cluster = await TestCluster.Start();
        var token = CallerToken.Sign(TestCluster.Reception, cluster.Certificates.Own, cluster.Clock.GetUtcNow());
        var booking = cluster.Client.Booking(new BookingId("ref-1"));

        using (CallerContext.Use(CallerToken.DigestOf(token)))
        {
            await Assert.ThrowsAsync<TokenUnknownException>(booking.Cancel);
            await Assert.ThrowsAsync<TokenUnknownException>(booking.Read);
            using (CallerContext.Use(token))
            {
                await booking.Read();
            }

            Assert.Equal(BookingStage.Unknown, (await booking.Read()).Stage);
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        Assert.DoesNotContain(await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 100), entry => entry.Deed.StartsWith("booking/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_is_judged_by_the_rule_of_the_method_that_streams()
    {
        await using var cluster = await TestCluster.Start();
        var grain = cluster.Client.GetGrain<ICountingGrain>("one");

        using (TestCluster.As(TestCluster.Officer))
        {
            Assert.Equal([1, 2, 3], await grain.Count(3).ToListAsync(TestContext.Current.CancellationToken));
            await Denied(async () => await grain.WithoutRule(3).ToListAsync(TestContext.Current.CancellationToken));
        }

        using (TestCluster.As(TestCluster.Operator))
        {
            await Denied(async () => await grain.Count(3).ToListAsync(TestContext.Current.CancellationToken));
        }

        await Denied(async () => await grain.Count(3).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_person_asked_for_is_done_in_that_persons_name_from_grain_to_grain()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());

        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.Ask(new AccessQuestion(
                recording, new GrainInterfaces.Times.TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(1)), Purpose.Complaint, new GrainInterfaces.References.CaseReference("case-1")));
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        Assert.Equal(TestCluster.Administrator.Subject, (await request.Read()).AskedBy);
    }

    [Fact]
    public async Task Orleans_own_grains_answer_silos_alone()
    {
        await using var cluster = await TestCluster.Start();
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        foreach (var caller in CallTable.Callers)
        {
            using var _ = TestCluster.As(caller);
            await Denied(() => management.GetHosts(false));
            await Denied(() => management.ForceActivationCollection(TimeSpan.Zero));
        }

        await Denied(() => management.GetHosts(false));
        using var __ = TestCluster.As(Caller.Silo);
        Assert.Single(await management.GetHosts(false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reading_the_trail_leaves_in_it_how_much_was_read_and_not_once_more_what()
    {
        await using var cluster = await TestCluster.Start();
        await cluster.Book();
        using var _ = TestCluster.As(TestCluster.Officer);
        var trail = cluster.Client.AuditTrail(TestCluster.Site);

        var first = await trail.Read(1, 100);
        var second = await trail.Read(1, 100);

        Assert.Equal($$"""{"count":{{first.Length}}}""", second.Last(entry => entry is { Deed: "audit-trail/read", Result: AuditResult.Done }).Detail);
    }

    [Fact]
    public async Task A_key_that_is_none_of_ours_does_not_fill_the_trail()
    {
        await using var cluster = await TestCluster.Start();

        using (TestCluster.As(TestCluster.Reception))
        {
            await Denied(() => cluster.Client.GetGrain<IBookingGrain>(new string('x', 1 << 20)).StopTalk());
        }

        using var _ = TestCluster.As(TestCluster.Officer);
        Assert.Equal("booking/withheld", Assert.Single(await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 100), entry => entry.Result == AuditResult.Refused).Subject);
    }

    [Fact]
    public async Task Where_a_call_came_from_is_told_by_its_token_and_not_by_the_address_that_it_names()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        await Denied(cluster.Client.Booking(booking).Read);

        using var __ = TestCluster.As(TestCluster.Officer);
        var entries = await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 100);

        Assert.Equal("client", entries.First(entry => entry.Deed == "booking/book").Origin);
        Assert.Equal("portal", entries.First(entry => entry.Deed == "room/sticker").Origin);
        Assert.Equal("unknown", entries.First(entry => entry.Deed == "booking/read").Origin);
    }

    private static async Task Denied(Func<Task> call) =>
        Assert.Equal(ErrorKind.Denied, (await Assert.ThrowsAsync<RecordingClusterException>(call)).Kind);
}
