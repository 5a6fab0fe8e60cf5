using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.Grains.Times;

namespace RecordingCluster.Tests.Times;

/// <summary>R11, without a cluster.</summary>
public sealed class SteadyClockTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider right = new(Nine);
    private readonly WallClock wall;
    private readonly SteadyClock clock;

    public SteadyClockTests()
    {
        wall = new WallClock(right);
        clock = new SteadyClock(wall);
    }

    [Fact]
    public void A_clock_that_goes_right_for_a_year_is_trusted_and_is_the_machines()
    {
        right.Advance(TimeSpan.FromDays(365));

        Assert.Equal((true, right.GetUtcNow()), (clock.IsTrusted, clock.GetUtcNow()));
    }

    [Theory]
    [InlineData(-1.9, true)]
    [InlineData(1.9, true)]
    [InlineData(-2.1, false)]
    [InlineData(2.1, false)]
    public void A_step_of_time_synchronisation_is_no_jump_and_one_over_two_seconds_is(double seconds, bool trusted)
    {
        wall.Jump(TimeSpan.FromSeconds(seconds));

        Assert.Equal(trusted, clock.IsTrusted);
    }

    [Fact]
    public void After_a_jump_a_month_ahead_time_is_the_later_until_the_clock_is_set_right()
    {
        wall.Jump(TimeSpan.FromDays(30));
        right.Advance(TimeSpan.FromHours(1));
        var jumped = (clock.IsTrusted, clock.GetUtcNow());
        wall.SetRight();

        Assert.Equal((false, Nine.AddDays(30).AddHours(1)), jumped);
        Assert.Equal((true, Nine.AddHours(1)), (clock.IsTrusted, clock.GetUtcNow()));
    }

    [Fact]
    public void After_a_jump_a_day_back_time_goes_on_by_the_counter()
    {
        wall.Jump(TimeSpan.FromDays(-1));
        right.Advance(TimeSpan.FromHours(1));

        Assert.Equal((false, Nine.AddHours(1)), (clock.IsTrusted, clock.GetUtcNow()));
    }

    [Fact]
    public void When_the_wall_clock_stands_still_time_goes_on_by_the_counter()
    {
        wall.StandStill();
        right.Advance(TimeSpan.FromHours(1));

        Assert.Equal((false, Nine.AddHours(1)), (clock.IsTrusted, clock.GetUtcNow()));
    }

    [Fact]
    public void What_somebody_accepted_is_the_time_from_there_on()
    {
        wall.Jump(TimeSpan.FromDays(30));
        clock.Accept();
        right.Advance(TimeSpan.FromHours(1));

        Assert.Equal((true, Nine.AddDays(30).AddHours(1)), (clock.IsTrusted, clock.GetUtcNow()));
    }

    [Fact]
    public void Whatever_is_done_to_the_wall_clock_time_is_never_behind_the_counter_by_more_than_the_slack() =>
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[0, 100_000]).Array[1, 20].Sample(steps =>
        {
            var fake = new FakeTimeProvider(Nine);
            var machine = new WallClock(fake);
            var steady = new SteadyClock(machine);
            foreach (var (jump, wait) in steps)
            {
                machine.Jump(TimeSpan.FromSeconds(jump));
                fake.Advance(TimeSpan.FromSeconds(wait));
            }

            var elapsed = fake.GetUtcNow() - Nine;
            Assert.InRange(steady.GetUtcNow(), fake.GetUtcNow() - TimeSpan.FromSeconds(2) - (elapsed * 0.001), DateTimeOffset.MaxValue);
        });
}
