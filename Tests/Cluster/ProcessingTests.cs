using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Cluster;

/// <summary>What is done with somebody's data stands in the processing log, joined to the trail by its trace, without a user and without the reference.</summary>
public sealed class ProcessingTests
{
    [Fact]
    public async Task A_talks_whole_way_leaves_its_lines_about_a_pseudonym_and_by_nobody()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        await cluster.StartTalkAgain(booking); // a repeat is no second processing
        cluster.Clock.Advance(TimeSpan.FromMinutes(10));
        using (TestCluster.As(TestCluster.Official))
        {
            await cluster.Client.Booking(booking).StopTalk();
        }

        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.Ask(new AccessQuestion(recording, new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(1)), Purpose.Complaint, new CaseReference("case-7")));
        }

        await cluster.Approve(request);
        using (TestCluster.As(TestCluster.Administrator))
        {
            await request.BeginViewing(ViewingTicket.Of("ticket"u8));
            await request.BeginViewing(ViewingTicket.Of("ticket"u8)); // used up: refused, so nothing was shown
        }

        var (ofBooking, ofCase) = (cluster.Pseudonyms.Of(booking.Value), cluster.Pseudonyms.Of("case-7"));
        await cluster.Restart(away: TimeSpan.FromDays(14.1));
        using (TestCluster.As(GrainInterfaces.Callers.Caller.Silo))
        {
            await cluster.Client.Recording(recording).Expire();
            await cluster.Client.Recording(recording).Expire();
        }

        await using var database = cluster.Database.Open();
        var store = new ProcessingStore(database);
        var aboutBooking = await store.About(cluster.Pseudonyms.AllOf(booking.Value), 100);
        var aboutCase = await store.About([ofCase], 100);
        Assert.Equal(["opname-gemaakt", "opname-vernietigd"], aboutBooking.Select(line => line.Name));
        Assert.Equal(["inzage-gevraagd", "inzage-toegestaan", "opname-bekeken"], aboutCase.Select(line => line.Name));
        Assert.All(aboutBooking.Concat(aboutCase), line => Assert.Equal((ProcessingStatus.Ok, ProcessingActivities.SubjectType), (line.Status, line.SubjectType)));
        Assert.Equal((ofBooking, "https://register.example/opnemen"), (aboutBooking[0].SubjectId, aboutBooking[0].ActivityId));

        // Joined by trace: both entries of the deed, and nothing else of it but the pseudonym.
        var trail = await new AuditStore(database).Read(TestCluster.Site, 1, 1000);
        Assert.Equal([("booking/start", AuditResult.Opened), ("booking/start", AuditResult.Done)], OfTrace(trail, aboutBooking[0]));
        Assert.Equal([("certificate", AuditResult.Done)], OfTrace(trail, aboutBooking[1]));
        Assert.Equal([("access-request/begin-viewing", AuditResult.Opened), ("access-request/begin-viewing", AuditResult.Done)], OfTrace(trail, aboutCase[2]));
        var whole = cluster.Database.Look("SELECT * FROM processing_log");
        Assert.Equal(5, whole.Split('\n').Length);
        Assert.All(
            new[] { booking.Value, "case-7", TestCluster.Official.Subject, TestCluster.Administrator.Subject, TestCluster.Secretary.Subject },
            secret => Assert.DoesNotContain(secret, whole, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_deed_that_is_a_processing_is_one_that_there_is() =>
        Assert.Empty(ProcessingActivities.Deeds.Except(CallTable.Methods.Select(CallTable.NameOf)));

    private static IEnumerable<(string, AuditResult)> OfTrace(ImmutableArray<AuditRecord> trail, ProcessingLine line) =>
        trail.Where(entry => entry.Trace == line.TraceId).Select(entry => (entry.Deed, entry.Result));
}
