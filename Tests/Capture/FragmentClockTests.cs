using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Tests.Capture;

public class FragmentClockTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider wall = new(Nine);
    private readonly FragmentClock fragments;

    public FragmentClockTests() => fragments = new FragmentClock(wall);

    [Fact]
    public void The_first_fragment_ends_when_it_arrives_and_the_next_ones_follow_by_the_cameras_own_time()
    {
        var places = new[] { Arrive(0), Arrive(1.1), Arrive(1.9), Arrive(3.2) };

        Assert.Equal([-1, 0, 1, 2], places);
    }

    [Fact]
    public void What_a_line_brought_late_is_placed_where_it_was_taken_and_so_is_all_after_it()
    {
        Arrive(0);

        var places = new[] { Arrive(4), Arrive(4), Arrive(4.1), Arrive(4.2), Arrive(5) };

        Assert.Equal([0, 1, 2, 3, 4], places);
    }

    [Fact]
    public void Pictures_that_were_held_back_until_a_silent_camera_was_given_up_were_taken_before_its_silence()
    {
        Arrive(0);
        Arrive(1);

        var place = Arrive(5.7, length: 0.5);

        Assert.Equal((1, 4.2), (place, fragments.HeldBack.TotalSeconds));
    }

    [Fact]
    public void What_is_held_back_is_told_by_the_promptest_fragment_also_where_the_first_was_held_back()
    {
        Arrive(0.8);
        Arrive(1);

        var place = Arrive(4);

        Assert.Equal((1.8, 2), (place, fragments.HeldBack.TotalSeconds)); // places go on behind the first, which they may not overlap
    }

    [Fact]
    public void Before_a_second_fragment_came_no_picture_is_taken_for_later_than_the_first()
    {
        Arrive(0);
        Arrive(3);

        Assert.Equal(3, fragments.HeldBack.TotalSeconds);
    }

    [Fact]
    public void A_camera_whose_time_stood_still_is_placed_by_arrival_again_from_the_second_fragment_on()
    {
        Arrive(0);

        var places = new[] { Arrive(4), Arrive(5), Arrive(6) };

        Assert.Equal([0, 4, 5], places);
    }

    [Fact]
    public void A_camera_whose_clock_is_slow_is_little_more_than_a_second_behind_at_most_and_nothing_is_taken_for_held_back()
    {
        var (behind, heldBack) = (0.0, TimeSpan.Zero);
        foreach (var at in Enumerable.Range(0, 4000).Select(second => second * 1.001))
        {
            behind = Math.Max(behind, at - 1 - Arrive(at));
            heldBack = fragments.HeldBack > heldBack ? fragments.HeldBack : heldBack;
        }

        Assert.InRange(behind, 1, 1.05);
        Assert.InRange(heldBack.TotalSeconds, 0, 0.05);
    }

    [Fact]
    public void A_machine_that_stood_still_places_what_it_finds_afterwards_by_arrival()
    {
        Arrive(0);

        Assert.Equal(59, Arrive(60));
    }

    [Fact]
    public void Fragments_never_overlap_and_no_picture_was_taken_after_it_came() =>
        Gen.Select(Gen.Double[-3, 15], Gen.Double[0, 5]).Array[1, 30].Sample(arrivals =>
        {
            var clock = new FragmentClock(wall);
            var end = DateTimeOffset.MinValue;
            foreach (var (after, length) in arrivals)
            {
                wall.AdjustTime(wall.GetUtcNow().AddSeconds(after)); // backwards, too, as a clock that is set
                var facts = clock.Place(Content(length));
                Assert.True(facts.From >= end && clock.HeldBack >= TimeSpan.Zero);
                end = facts.From + facts.Duration;
            }
        });

    // Both in seconds since nine.
    private double Arrive(double at, double length = 1)
    {
        wall.AdjustTime(Nine.AddSeconds(at));
        return Seconds(fragments.Place(Content(length)).From);
    }

    private static double Seconds(DateTimeOffset time) => Math.Round((time - Nine).TotalSeconds, 3);

    private static FragmentContent Content(double seconds) => new(15, TimeSpan.FromSeconds(seconds), 8000, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(1.0 / 15));
}
