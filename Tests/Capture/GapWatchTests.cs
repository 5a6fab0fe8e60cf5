using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Tests.Capture;

public class GapWatchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider wall = new(Nine);
    private readonly GapWatch gaps;

    public GapWatchTests() => gaps = new GapWatch(sound: true, wall);

    [Fact]
    public void A_gap_is_since_the_last_picture_and_ends_with_one_that_was_taken_after_it_was_said()
    {
        Store(isNew: true);
        After(4.5);
        gaps.Begin(CameraFault.NoMedia);
        var said = gaps.Gap;
        After(2);
        Store(heldBack: 1);

        Assert.Equal(new CaptureGap(Nine, CameraFault.NoMedia), said);
        Assert.Null(gaps.Gap);
    }

    [Fact]
    public void What_still_comes_of_the_pictures_before_it_was_said_only_moves_its_beginning()
    {
        Store(isNew: true);
        After(4.5);
        gaps.Begin(CameraFault.NoMedia);
        After(1);
        Store(heldBack: 4.2);

        Assert.Equal(new CaptureGap(Nine.AddSeconds(1.3), CameraFault.NoMedia), gaps.Gap);
    }

    [Fact]
    public void A_gap_that_goes_on_with_another_fault_keeps_its_beginning_and_ends_with_a_new_part()
    {
        Store(isNew: true);
        gaps.Begin(CameraFault.NoMedia);
        After(2);
        gaps.Begin(CameraFault.Unreachable);
        var later = gaps.Gap;
        Store(isNew: true);

        Assert.Equal(new CaptureGap(Nine, CameraFault.Unreachable), later);
        Assert.Null(gaps.Gap);
    }

    [Fact]
    public void Two_seconds_of_pictures_without_a_sample_are_a_gap_of_sound_that_keeps_its_beginning_and_ends_with_sound()
    {
        Store(isNew: true);
        var told = new List<CaptureGap?>();
        foreach (var hasSound in new[] { false, false, false, true })
        {
            After(1);
            Store(hasSound: hasSound);
            told.Add(gaps.Gap);
        }

        var silent = new CaptureGap(Nine, CameraFault.NoSound);
        Assert.Equal([null, silent, silent, null], told);
    }

    [Fact]
    public void Where_no_sound_is_to_be_recorded_none_is_missed()
    {
        var silent = new GapWatch(sound: false, wall);
        silent.Stored(Content(3, hasSound: false), TimeSpan.Zero, isNew: true);
        silent.Stored(Content(3, hasSound: false), TimeSpan.Zero, isNew: false);

        Assert.Null(silent.Gap);
    }

    private void After(double seconds) => wall.Advance(TimeSpan.FromSeconds(seconds));

    private void Store(bool isNew = false, double heldBack = 0, bool hasSound = true) => gaps.Stored(Content(1, hasSound), TimeSpan.FromSeconds(heldBack), isNew);

    private static FragmentContent Content(double seconds, bool hasSound)
    {
        var length = TimeSpan.FromSeconds(seconds);
        return new FragmentContent(15, length, hasSound ? 8000 : 0, hasSound ? length : TimeSpan.Zero, length / 15);
    }
}
