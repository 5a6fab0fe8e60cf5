using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Vault;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R11: a clock that jumps neither erases early nor lengthens.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_jump_a_month_ahead_closes_reading_erases_nothing_and_opens_again_when_the_clock_is_right()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();

        cluster.Wall.Jump(TimeSpan.FromDays(30));
        await Expire(cluster, recording);
        await cluster.Sweep();
        var jumped = await cluster.Read(recording);
        cluster.Wall.SetRight();
        var right = await cluster.Read(recording);
        using var reader = cluster.Vault.Open(right.Parts.Single().Id);

        Assert.Equal((RecordingStage.Expired, RecordingStage.Sealed), (jumped.Stage, right.Stage));
        Assert.Equal("fragment"u8.ToArray(), reader.Read(1, TestPermit.For(recording)));
    }

    [Fact]
    public async Task A_clock_a_month_ahead_that_is_accepted_erases_what_it_says_has_passed()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Wall.Jump(TimeSpan.FromDays(30));
        await Expire(cluster, recording);

        cluster.Steady.Accept();
        await Expire(cluster, recording);

        Assert.Equal(RecordingStage.Erased, (await cluster.Read(recording)).Stage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_day_back_or_standing_still_lengthens_no_term(bool still)
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var part = (await cluster.Read(recording)).Parts.Single().Id;
        using var reader = cluster.Vault.Open(part);

        if (still)
        {
            cluster.Wall.StandStill();
        }
        else
        {
            cluster.Wall.Jump(TimeSpan.FromDays(-1));
        }

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        var refused = Assert.Throws<RecordingClusterException>(() => reader.Read(1, TestPermit.For(recording)));
        cluster.Wall.SetRight();
        await Expire(cluster, recording);

        Assert.Equal(ErrorKind.NotFound, refused.Kind);
        Assert.Equal(RecordingStage.Erased, (await cluster.Read(recording)).Stage);
    }

    [Fact]
    public async Task No_recording_starts_while_the_clock_is_not_trusted_and_a_talk_without_one_does()
    {
        await using var cluster = await TestCluster.Start();
        var (raised, _) = await cluster.Book();
        var (normal, _) = await cluster.Book(Risk.Normal);
        cluster.Wall.Jump(TimeSpan.FromMinutes(5));

        using var _ = TestCluster.As(TestCluster.Official);
        var recorded = await cluster.Client.Booking(raised).StartTalk(Language.Dutch);
        var unrecorded = await cluster.Client.Booking(normal).StartTalk(spokenIn: null);

        Assert.IsType<StartOutcome.ClockNotTrusted>(recorded);
        Assert.IsType<StartOutcome.NotRecorded>(unrecorded);
    }

    [Fact]
    public async Task A_version_for_a_later_day_comes_into_force_neither_early_nor_is_undone_by_a_clock_that_jumps()
    {
        await using var cluster = await TestCluster.Start();
        var later = new RegulationVersionId("model-2");
        await TestRegulation.Activate(cluster.Client, TestCluster.As, version: later, from: cluster.Clock.GetUtcNow().AddDays(2));
        async Task<RegulationVersionId> InForce()
        {
            using var _ = TestCluster.As(TestCluster.Officer);
            return (await cluster.Client.Regulation(TestCluster.Site).InForce())!.Version;
        }

        cluster.Wall.Jump(TimeSpan.FromDays(30));
        var ahead = await InForce();
        cluster.Wall.SetRight();
        cluster.Clock.Advance(TimeSpan.FromDays(2));
        var onTheDay = await InForce();
        cluster.Wall.Jump(TimeSpan.FromDays(-1));

        Assert.Equal((TestRegulation.First, later, later), (ahead, onTheDay, await InForce()));
    }

    private static async Task Expire(TestCluster cluster, RecordingId recording)
    {
        using var _ = TestCluster.As(GrainInterfaces.Callers.Caller.Silo);
        await cluster.Client.Recording(recording).Expire();
    }
}
