using Microsoft.Extensions.Time.Testing;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Tests.Times;

/// <summary>R11, across starts of the silo and of the machine.</summary>
public sealed class ClockFileTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider right = new(Nine);
    private readonly WallClock wall;

    public ClockFileTests()
    {
        wall = new WallClock(right);
        OfBoot("first").Write(new SteadyClock(wall).Anchor);
    }

    [Fact]
    public void A_silo_that_was_down_for_a_month_while_the_machine_ran_goes_on_trusting_its_clock()
    {
        right.Advance(TimeSpan.FromDays(30));

        Assert.True(Started("first").IsTrusted);
    }

    [Fact]
    public void A_jump_while_the_silo_was_down_is_noticed_at_its_start()
    {
        right.Advance(TimeSpan.FromMinutes(1));
        wall.Jump(TimeSpan.FromDays(30));

        Assert.Equal(TimeSpan.FromDays(30), Started("first").Read().Off);
    }

    [Fact]
    public void A_machine_that_was_off_over_the_weekend_is_believed()
    {
        right.Advance(TimeSpan.FromDays(3));

        Assert.True(Started("second").IsTrusted);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(30)]
    public void A_machine_that_boots_with_yesterdays_date_or_next_months_is_not_believed(int days)
    {
        wall.Jump(TimeSpan.FromDays(days));

        Assert.False(Started("second").IsTrusted);
    }

    [Fact]
    public void After_a_boot_with_a_clock_a_month_ahead_the_file_does_not_make_it_right_by_being_written()
    {
        wall.Jump(TimeSpan.FromDays(30));
        OfBoot("second").Write(Started("second").Anchor);

        Assert.False(Started("second").IsTrusted);
    }

    [Fact]
    public void A_file_that_does_not_read_is_as_none()
    {
        File.WriteAllText(folder["clock.json"], "{");

        Assert.True(Started("first").IsTrusted);
    }

    public void Dispose() => folder.Dispose();

    private SteadyClock Started(string boot) => new(wall, OfBoot(boot).Read(wall));

    private ClockFile OfBoot(string boot) => new(folder["clock.json"], boot);
}
