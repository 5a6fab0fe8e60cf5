using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A part whose file is gone takes itself from a viewing, and no other.</summary>
public sealed class LostPartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_part_whose_file_is_gone_is_named_and_the_other_is_shown(int lost)
    {
        await using var cluster = await TestCluster.Start();
        var (request, parts) = await AskForTwoParts(cluster);
        var (gone, left) = lost == 1 ? (parts[0], parts[1]) : (parts[1], parts[0]);

        Lose(cluster, gone);
        var shown = await cluster.Show(request);

        Assert.Equal([left.Id], shown!.Parts.Select(part => part.Id));
        Assert.Equal([gone.Span], shown.Damaged);
        Assert.Empty(shown.Away);
    }

    [Fact]
    public async Task A_recording_of_which_every_file_is_gone_is_not_there_to_be_shown()
    {
        await using var cluster = await TestCluster.Start();
        var (request, parts) = await AskForTwoParts(cluster);

        Array.ForEach(parts, part => Lose(cluster, part));

        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<RecordingClusterException>(() => cluster.Show(request))).Kind);
    }

    // The silo died in the talk, and recording was taken up: the secretary grants a look at all of it.
    private static async Task<(IAccessRequestGrain Request, Part[] Parts)> AskForTwoParts(TestCluster cluster)
    {
        var (booking, room) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        await cluster.Camera.Crash(new CameraId("camera-1"));
        using (TestCluster.As(Caller.Silo))
        {
            await cluster.Client.Room(room).Resume();
        }

        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(booking).StopTalk();
        }

        var parts = (await cluster.Read(recording)).Parts.ToArray();
        Assert.Equal(2, parts.Length);
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using (TestCluster.As(TestCluster.Administrator))
        {
            var window = new TimeRange(parts[0].Span.From, parts[1].Span.Until);
            Assert.IsType<AskOutcome.Asked>(await request.Ask(new AccessQuestion(recording, window, Purpose.ReportToPolice, new CaseReference("case-1"))));
        }

        await cluster.Approve(request);
        return (request, parts);
    }

    private static void Lose(TestCluster cluster, Part part) =>
        File.Delete(Directory.EnumerateFiles(cluster.VaultFolder, $"{part.Id.Recording.Value:N}-{part.Id.Epoch:D4}-*").Single());
}
