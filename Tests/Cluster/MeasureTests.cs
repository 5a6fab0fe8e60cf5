using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A camera is measured for who sets it up, and never while somebody talks in its room.</summary>
public sealed class MeasureTests
{
    private static readonly CameraId Camera = new("camera-1");

    [Fact]
    public async Task What_was_measured_last_is_known_after_a_restart_to_who_sets_up_decides_and_watches_over()
    {
        await using var cluster = await TestCluster.StartWithoutRegulation();
        CameraMeasurement? before, after;
        MeasureOutcome outcome;
        using (TestCluster.As(TestCluster.Operator))
        {
            before = await cluster.Client.Camera(Camera).LastMeasurement();
            outcome = await cluster.Client.Camera(Camera).Measure();
        }

        await cluster.Restart(TimeSpan.FromHours(1));
        using (TestCluster.As(TestCluster.Secretary))
        {
            after = await cluster.Client.Camera(Camera).LastMeasurement();
        }

        Assert.Null(before);
        Assert.Equal("avc1", Assert.IsType<MeasureOutcome.Measured>(outcome).Numbers.Picture!.Codec);
        Assert.Equal((cluster.Camera.Measurement.Picture, cluster.Camera.Measurement.Sound, true), (after!.Picture, after.Sound, after.IsFit));
    }

    [Fact]
    public async Task A_camera_that_records_tells_its_own_numbers_and_one_whose_talk_is_paused_tells_none()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        await cluster.StartTalk(booking);

        var recording = await Measure(cluster);
        using (TestCluster.As(TestCluster.BookingSystem))
        {
            await cluster.Client.Booking(booking).RecordObjection(GrainInterfaces.Bookings.ObjectionKind.Informal);
        }

        var paused = await Measure(cluster);

        Assert.IsType<MeasureOutcome.Records>(recording);
        Assert.IsType<MeasureOutcome.TalkGoesOn>(paused);
        Assert.Empty(cluster.Camera.Measured);
    }

    [Fact]
    public async Task A_talk_that_begins_meanwhile_does_not_wait_and_the_measurement_is_not_kept()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        cluster.Camera.MeasuringEnds = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var measuring = Measure(cluster);
        await cluster.Until(() => Task.FromResult(!cluster.Camera.Measured.IsEmpty));

        await cluster.StartTalk(booking);
        cluster.Camera.MeasuringEnds.SetResult();

        Assert.IsType<MeasureOutcome.Records>(await measuring);
        using var _ = TestCluster.As(TestCluster.Operator);
        Assert.Null(await cluster.Client.Camera(Camera).LastMeasurement());
    }

    [Fact]
    public async Task Sound_is_asked_for_until_the_regulation_has_none_and_with_recording_off_no_camera_is_opened()
    {
        await using var cluster = await TestCluster.Start();

        await Measure(cluster);
        await SwitchOff(cluster, Switchable.Sound);
        await Measure(cluster);
        await SwitchOff(cluster, Switchable.AllRecording);
        var off = await Measure(cluster);

        Assert.Equal([true, false], cluster.Camera.Measured);
        Assert.IsType<MeasureOutcome.RecordingOff>(off);
    }

    private static async Task SwitchOff(TestCluster cluster, Switchable what)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        await cluster.Client.Regulation(TestCluster.Site).SwitchOff(what, SwitchOffReason.NotNecessary);
    }

    private static async Task<MeasureOutcome> Measure(TestCluster cluster)
    {
        using var _ = TestCluster.As(TestCluster.Operator);
        return await cluster.Client.Camera(Camera).Measure();
    }
}
