using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A recording whose recorder died is taken up.</summary>
public sealed class TakingUpTests
{
    private static readonly CameraId Camera = new("camera-1");

    [Fact]
    public async Task A_recording_that_is_to_leave_its_silo_while_it_is_taken_up_is_taken_up_all_the_same()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, room) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        await cluster.Camera.Crash(Camera);
        var stop = cluster.Camera.StopEnds = new TaskCompletionSource();

        using var _ = TestCluster.As(Caller.Silo);
        var resuming = cluster.Client.Room(room).Resume();
        await cluster.Camera.StopAsked.Task.WaitAsync(TestContext.Current.CancellationToken);
        cluster.Leave(cluster.Client.Recording(recording));
        stop.SetResult();
        await resuming.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.True(cluster.Camera.IsRecording(Camera));
        Assert.Equal([1, 2], cluster.Camera.Leases.Select(lease => lease.Epoch));
    }
}
