using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
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
