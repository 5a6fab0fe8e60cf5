using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Tests.Cluster;

/// <summary>The report reads the trail as the grains write it.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task A_recording_from_its_start_to_its_certificate_is_in_the_figures_of_its_room()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var room = (await cluster.Read(recording)).Room!.Value;
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        var ticket = ViewingTicket.Of("a ticket"u8);
        var window = new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(1));
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.Ask(new AccessQuestion(recording, window, Purpose.ReportToPolice, new CaseReference("case-1")));
        }

        await cluster.Approve(request);
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.BeginViewing(ticket);
            await request.Serve(1, ticket, window);
            await request.EndViewing(1, ticket);
        }

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        using (TestCluster.As(GrainInterfaces.Callers.Caller.Silo))
        {
            await cluster.Client.Recording(recording).Expire();
        }

        var report = new RoomReport(new SitePlan(TestCluster.Site, []), ReportPeriod.Of("2026"));
        foreach (var entry in await Trail(cluster))
        {
            report.Add(entry);
        }

        Assert.Equal(
            new RoomFigures { Room = room.Value, Talks = 1, Recorded = 1, Requests = 1, Approved = 1, Viewings = 1, MinutesWatched = 1, Erasures = 1 },
            Assert.Single(report.Figures) with { LongestLatenessMinutes = 0 });
    }

    private static async Task<IEnumerable<AuditRecord>> Trail(TestCluster cluster)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        return await cluster.Client.AuditTrail(TestCluster.Site).Read(1, 1000);
    }
}
