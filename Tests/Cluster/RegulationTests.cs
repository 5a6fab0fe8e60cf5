using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R17, through the grains.</summary>
public sealed class RegulationTests
{
    [Fact]
    public async Task Without_a_regulation_a_raised_talk_cannot_start_and_a_normal_one_is_held()
    {
        await using var cluster = await TestCluster.StartWithoutRegulation();
        var (raised, _) = await cluster.Book();
        var (normal, _) = await cluster.Book(Risk.Normal);
        using var _ = TestCluster.As(TestCluster.Official);

        var refused = await cluster.Client.Booking(raised).StartTalk(Language.Dutch);
        var held = await cluster.Client.Booking(normal).StartTalk(spokenIn: null);

        Assert.Equal((new StartOutcome.MayNotRecord(RecordingBar.NoRegulation), new StartOutcome.NotRecorded(WhyUnrecorded.NormalRisk)), (refused, held));
        Assert.Empty(cluster.Camera.Leases);
    }

    [Fact]
    public async Task A_recording_is_made_under_the_version_in_force_at_its_start_with_its_retention()
    {
        await using var cluster = await TestCluster.Start();
        var shorter = TestRegulation.Content with { Terms = TestRegulation.Terms with { Retention = TimeSpan.FromDays(7) } };
        await TestRegulation.Activate(cluster.Client, TestCluster.As, shorter, new RegulationVersionId("model-2"), TestCluster.Nine.AddHours(1));
        var (first, _) = await cluster.Book();
        var (second, _) = await cluster.Book(time: new TimeRange(TestCluster.Nine.AddMinutes(20), TestCluster.Nine.AddHours(2)));

        var before = await cluster.StartTalk(first);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        var after = await cluster.StartTalk(second);

        Assert.Equal(["model-1", "model-2"], cluster.Camera.Leases.Select(lease => lease.Order.RegulationVersion));
        Assert.Equal(TestCluster.Nine.AddDays(14), (await cluster.Read(before)).ExpiresAt);
        Assert.Equal(TestCluster.Nine.AddHours(1).AddDays(7), (await cluster.Read(after)).ExpiresAt);
    }

    [Fact]
    public async Task Regulation_switches_sound_off_during_a_talk()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));

        SwitchOff first, again;
        using (TestCluster.As(TestCluster.Officer))
        {
            first = await cluster.Client.Regulation(TestCluster.Site).SwitchOff(Switchable.Sound, SwitchOffReason.NoLegalGround);
        }

        var between = (await cluster.Read(recording)).Parts;
        using (TestCluster.As(TestCluster.Secretary))
        {
            again = await cluster.Client.Regulation(TestCluster.Site).SwitchOff(Switchable.Sound, SwitchOffReason.Technical);
        }

        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(booking).StopTalk();
        }

        Assert.Equal((PartState.Closed, MediaTracks.Picture | MediaTracks.Sound), (between[0].State, between[0].Tracks));
        Assert.Equal(first, again);
        Assert.Equal([true, false], cluster.Camera.Leases.Select(lease => lease.Order.Sound));
        var parts = (await cluster.Read(recording)).Parts;
        Assert.Equal([MediaTracks.Picture | MediaTracks.Sound, MediaTracks.Picture], parts.Select(part => part.Tracks));
        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.Zero], parts.Select(part => part.Sound));
    }

    [Fact]
    public async Task A_certificate_names_the_tracks_of_each_part()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        using (TestCluster.As(TestCluster.Officer))
        {
            await cluster.Client.Regulation(TestCluster.Site).SwitchOff(Switchable.Sound, SwitchOffReason.NoLegalGround);
        }

        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(booking).StopTalk();
        }

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Recording(recording).Expire();
        }

        Assert.Equal([MediaTracks.Picture | MediaTracks.Sound, MediaTracks.Picture], (await cluster.Read(recording)).Certificate!.Parts.Select(part => part.Tracks));
    }

    [Fact]
    public async Task With_all_recording_switched_off_what_runs_ends_and_nothing_starts_until_a_new_version()
    {
        await using var cluster = await TestCluster.Start();
        var (running, _) = await cluster.Book();
        var (next, _) = await cluster.Book();
        var recording = await cluster.StartTalk(running);

        using (TestCluster.As(TestCluster.Secretary))
        {
            await cluster.Client.Regulation(TestCluster.Site).SwitchOff(Switchable.AllRecording, SwitchOffReason.SuspectedBreach);
        }

        var stage = (await cluster.Read(recording)).Stage;
        StartOutcome refused;
        using (TestCluster.As(TestCluster.Official))
        {
            refused = await cluster.Client.Booking(next).StartTalk(Language.Dutch);
        }

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await TestRegulation.Activate(cluster.Client, TestCluster.As, version: new RegulationVersionId("model-2"));
        await cluster.StartTalk(next);

        Assert.Equal((RecordingStage.Sealed, new StartOutcome.MayNotRecord(RecordingBar.SwitchedOff)), (stage, refused));
    }

    [Fact]
    public async Task On_its_day_a_version_counts_and_its_page_is_written_by_the_reminder_alone()
    {
        await using var cluster = await TestCluster.Start();
        var file = Path.Combine(cluster.PublicFolder, "regulation.json");
        var day = TestCluster.Nine.AddDays(3);
        await TestRegulation.Activate(
            cluster.Client, TestCluster.As, TestRegulation.Content with { Terms = TestRegulation.Terms with { Retention = TimeSpan.FromDays(7) } }, new RegulationVersionId("model-2"), day);
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        cluster.Clock.SetUtcNow(day);
        var version = await InForce(cluster);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await File.ReadAllTextAsync(file, patience.Token)).Contains("P7D", StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync(patience.Token);
            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Contains("P14D", before, StringComparison.Ordinal);
        Assert.Equal(new RegulationVersionId("model-2"), version);
        Assert.Contains("7 dagen", await File.ReadAllTextAsync(Path.Combine(cluster.PublicFolder, "regulation.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_to_amend_is_warned_of_overdue_and_met_by_a_version_in_force()
    {
        await using var cluster = await TestCluster.Start();
        var id = AmendmentId.New();
        var regulation = cluster.Client.Regulation(TestCluster.Site);
        var standings = new List<AmendmentStanding>();
        using (TestCluster.As(TestCluster.Officer))
        {
            standings.Add((await regulation.RequestAmendment(id, [ArticleId.Sound], TestRegulation.Document)).Standing);
            foreach (var days in new[] { 25, 40 })
            {
                cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(days));
                standings.Add((await regulation.Amendments()).Single().Standing);
            }
        }

        await TestRegulation.Activate(cluster.Client, TestCluster.As, TestRegulation.Content with { Meets = [id] }, new RegulationVersionId("model-2"));

        using var _ = TestCluster.As(TestCluster.Officer);
        standings.Add((await regulation.Amendments()).Single().Standing);
        var told = (await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000)).Where(entry => entry.Deed.StartsWith("amendment-", StringComparison.Ordinal)).Select(entry => entry.Deed);
        Assert.Equal([AmendmentStanding.Open, AmendmentStanding.Warning, AmendmentStanding.Overdue, AmendmentStanding.Met], standings);
        Assert.Equal("amendment-met", told.Last());
    }

    private static async Task<RegulationVersionId> InForce(TestCluster cluster)
    {
        using var _ = TestCluster.As(TestCluster.Official);
        return (await cluster.Client.Regulation(TestCluster.Site).InForce())!.Version;
    }

    [Fact]
    public async Task What_is_missing_for_activation_is_named_step_by_step_and_each_step_may_be_repeated()
    {
        await using var cluster = await TestCluster.StartWithoutRegulation();
        var regulation = cluster.Client.Regulation(TestCluster.Site);
        var seen = new List<VersionOutcome>();

        using (TestCluster.As(TestCluster.Secretary))
        {
            seen.Add(await regulation.Draft(TestRegulation.First, TestRegulation.Content));
            seen.Add(await regulation.RecordConsent(TestRegulation.First, new DateOnly(2026, 11, 1), TestRegulation.Document));
        }

        using (TestCluster.As(TestCluster.Officer))
        {
            seen.Add(await regulation.Advise(TestRegulation.First, AdviceKind.Positive, TestRegulation.Document));
        }

        using (TestCluster.As(TestCluster.Secretary))
        {
            seen.Add(await regulation.Activate(TestRegulation.First, null));
            seen.Add(await regulation.RecordConsent(TestRegulation.First, new DateOnly(2026, 11, 1), TestRegulation.Document));
            seen.Add(await regulation.Activate(TestRegulation.First, null));
            seen.Add(await regulation.Activate(TestRegulation.First, null));
            seen.Add(await regulation.Draft(TestRegulation.First, TestRegulation.Content with { Dpia = null }));
        }

        Assert.Equal(
            [
                "Taken { Refusal = , Stage = Draft }", "missing: Advice", "Taken { Refusal = , Stage = Advised }", "missing: Consent",
                "Taken { Refusal = , Stage = Consented }", "Taken { Refusal = , Stage = InForce }", "Taken { Refusal = , Stage = InForce }", "it is settled (InForce)",
            ],
            seen.Select(outcome => outcome.Refusal ?? outcome.ToString()));
    }
}
