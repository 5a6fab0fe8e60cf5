using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Vault;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R8 and R9: fourteen times twenty-four hours, to the tick; erased once, certified once, whatever becomes of the reminder.</summary>
public sealed class ExpiryTests
{
    [Fact]
    public async Task A_recording_made_today_cannot_be_read_from_its_fourteenth_day_on_to_the_tick()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var due = (await cluster.Read(recording)).ExpiresAt!.Value;
        var part = (await cluster.Read(recording)).Parts.Single().Id;
        cluster.Clock.SetUtcNow(due.AddTicks(-1));
        using var reader = cluster.Vault.Open(part);
        var lastMoment = reader.Read(1, TestPermit.For(recording));
        cluster.Clock.Advance(TimeSpan.FromTicks(1));

        var refused = Assert.Throws<RecordingClusterException>(() => reader.Read(1, TestPermit.For(recording)));

        Assert.Equal(TestCluster.Nine.AddHours(14 * 24), due);
        Assert.Equal("fragment"u8.ToArray(), lastMoment);
        Assert.Equal(ErrorKind.NotFound, refused.Kind);
        Assert.Contains((await cluster.Read(recording)).Stage, new[] { RecordingStage.Expired, RecordingStage.Erased });
    }

    [Fact]
    public async Task At_its_tick_it_is_erased_certified_once_and_its_row_is_gone()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var before = Rows(cluster, "recording");

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        var erased = await Erased(cluster, recording);

        Assert.Equal(("1", "0"), (before, Rows(cluster, "recording")));
        Assert.Equal((ErasedBy.Reminder, false, TestCluster.Nine.AddDays(14)), (erased.Certificate!.By, erased.Certificate.OpensAfterwards, erased.Certificate.DueAt));
        Assert.Equal(1, await CertificatesOf(cluster, recording));
        Assert.Empty(await cluster.Vault.Parts(recording, []));
    }

    [Fact]
    public async Task A_tick_that_comes_twice_certifies_once()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        await Erased(cluster, recording);

        cluster.Clock.Advance(TimeSpan.FromHours(1));
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await CertificatesOf(cluster, recording));
    }

    [Fact]
    public async Task A_silo_that_was_away_at_the_tick_erases_when_it_is_back_and_says_how_late()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();

        await cluster.Restart(away: TimeSpan.FromDays(15));
        var atOnce = (await cluster.Read(recording)).Stage;
        await cluster.Sweep();
        var erased = await cluster.Read(recording);

        Assert.Equal((RecordingStage.Expired, RecordingStage.Erased), (atOnce, erased.Stage));
        Assert.Equal((ErasedBy.CatchUp, cluster.Clock.GetUtcNow() - TestCluster.Nine.AddDays(14)), (erased.Certificate!.By, erased.Certificate.Lateness));
        Assert.Equal(1, await CertificatesOf(cluster, recording));
    }

    [Fact]
    public async Task The_sweep_erases_what_the_database_has_lost_by_the_files_headers_alone()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Database.Look("DELETE FROM OrleansStorage");
        cluster.Database.Look("DELETE FROM OrleansRemindersTable");

        await cluster.Restart(away: TimeSpan.FromDays(14));
        var before = Directory.EnumerateFiles(cluster.VaultFolder).Count();
        cluster.Clock.Advance(TimeSpan.FromHours(1.5));
        await cluster.Sweep();
        await cluster.Sweep();

        var erased = await cluster.Read(recording);
        Assert.Equal((1, 0), (before, Directory.EnumerateFiles(cluster.VaultFolder).Count()));
        Assert.Equal((RecordingStage.Erased, ErasedBy.Sweep, false), (erased.Stage, erased.Certificate!.By, erased.Certificate.OpensAfterwards));
        Assert.Equal(1, await CertificatesOf(cluster, recording));
    }

    [Fact]
    public async Task An_erasure_whose_certificate_was_written_before_a_crash_is_finished_without_a_second_one()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        await Erased(cluster, recording);
        var count = await CertificatesOf(cluster, recording);

        await cluster.Restart(away: TimeSpan.FromHours(3));
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(RecordingStage.Erased, (await cluster.Read(recording)).Stage);
        Assert.Equal((1, 1), (count, await CertificatesOf(cluster, recording)));
    }

    [Fact]
    public async Task Of_a_recording_whose_file_somebody_took_away_the_certificate_says_that_its_key_went_and_nothing_was_overwritten()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        var part = (await cluster.Read(recording)).Parts.Single();
        Directory.EnumerateFiles(cluster.VaultFolder, "*.part").ToList().ForEach(File.Delete);

        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        var certificate = (await Erased(cluster, recording)).Certificate!;

        Assert.Equal((part.Id, 0L), (certificate.Parts.Single().Id, certificate.Parts.Single().SealedBytes));
        Assert.StartsWith("No file was left to overwrite. The recording's key", certificate.Method, StringComparison.Ordinal);
        Assert.Contains($"no file was there any more, so none was overwritten: {part.Id}", certificate.Check, StringComparison.Ordinal);
        Assert.True(certificate.RingGeneration > 0);
    }

    [Fact]
    public async Task A_request_after_the_term_hears_that_it_no_longer_exists_with_the_certificates_number()
    {
        await using var cluster = await TestCluster.Start();
        var recording = await cluster.Record();
        cluster.Clock.SetUtcNow(TestCluster.Nine.AddDays(14));
        var erased = await Erased(cluster, recording);
        using var _ = TestCluster.As(TestCluster.Administrator);

        var outcome = await cluster.Client.AccessRequest(AccessRequestId.New()).Ask(new AccessQuestion(
            recording, new TimeRange(TestCluster.Nine, TestCluster.Nine.AddMinutes(1)), Purpose.Complaint, new CaseReference("case-1")));

        Assert.Equal(new AskOutcome.Gone(erased.Certificate!.Number), outcome);
    }

    // The tick runs on threads of Orleans, which waits in several steps for one that is days away: the clock goes on, as a
    // real one would, until the work is seen to be done.
    private static async Task<RecordingView> Erased(TestCluster cluster, RecordingId recording)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await tick.WaitForNextTickAsync(patience.Token))
        {
            if (await cluster.Read(recording) is { Stage: RecordingStage.Erased } erased && Rows(cluster, "recording") == "0")
            {
                return erased;
            }

            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        throw new TimeoutException();
    }

    private static string Rows(TestCluster cluster, string grainType) =>
        cluster.Database.Look($"SELECT count(*) FROM OrleansStorage WHERE GrainTypeString LIKE '%{grainType}%'");

    private static async Task<int> CertificatesOf(TestCluster cluster, RecordingId recording)
    {
        using var database = cluster.Database.Open();
        var trail = await new AuditStore(database).Read(TestCluster.Site, 1, 1000);
        AuditRecord? before = null;
        Assert.All(trail, entry =>
        {
            Assert.True(AuditChain.Follows(before, entry));
            before = entry;
        });
        return trail.Count(entry => entry.Deed == "certificate" && entry.Subject == recording.ToString());
    }
}
