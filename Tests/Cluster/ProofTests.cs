using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Cluster;

/// <summary>R9 and R16: certificates that stand by themselves, and heads that outlive the database.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task A_certificate_says_all_there_is_to_say_is_signed_and_names_the_one_before_it()
    {
        await using var cluster = await TestCluster.Start();
        var (firstBooking, first) = await RecordBooked(cluster);
        var (secondBooking, second) = await RecordBooked(cluster);
        var (one, other) = await EraseBoth(cluster, first, second);

        Assert.Equal((firstBooking, secondBooking), (one.Booking, other.Booking));
        Assert.Equal((MediaTracks.Picture | MediaTracks.Sound, "picture, sound, retention-reasons", "model-1"), (one.Tracks, one.Articles, one.RegulationVersion));
        Assert.StartsWith("kernel clock", one.Clock!.Source, StringComparison.Ordinal);
        Assert.Equal((AuditChain.Beginning, one.HashOfWords()), (one.Previous, other.Previous));
        using var seals = cluster.Seals();
        Assert.Equal((null, null), (one.FaultBy(seals), other.FaultBy(seals)));
    }

    [Fact]
    public async Task A_certificate_in_which_anything_was_changed_is_not_what_was_signed()
    {
        await using var cluster = await TestCluster.Start();
        var (one, _) = await EraseBoth(cluster, await cluster.Record(), await cluster.Record());
        Certificate[] changed =
        [
            one with { Recording = RecordingId.New() }, one with { Site = "x" }, one with { Room = "x" }, one with { Booking = new BookingId("x") }, one with { RegulationVersion = "x" },
            one with { Articles = "x" }, one with { By = ErasedBy.Sweep }, one with { Span = new(one.Span.From, one.Span.Until.AddTicks(1)) }, one with { DueAt = one.DueAt.AddTicks(1) },
            one with { Tracks = MediaTracks.Picture }, one with { Parts = [] }, one with { Parts = [one.Parts[0] with { SealedBytes = 1 }] }, one with { KeyId = Guid.NewGuid() },
            one with { RingGeneration = 0 }, one with { Method = "x" }, one with { OpensAfterwards = true }, one with { Check = "x" }, one with { Limits = "x" }, one with { Storage = "x" },
            one with { Clock = null }, one with { Previous = "x" }, one with { ErasedAt = one.ErasedAt.AddTicks(1) }, one with { Seal = null },
        ];
        using var seals = cluster.Seals();

        Assert.All(changed, certificate => Assert.NotNull(certificate.FaultBy(seals)));
        Assert.Null((one with { Number = 7 }).FaultBy(seals)); // which the trail gives
    }

    [Fact]
    public async Task Certificates_are_found_by_recording_by_booking_and_by_day()
    {
        await using var cluster = await TestCluster.Start();
        var (booking, recording) = await RecordBooked(cluster);
        var (one, other) = await EraseBoth(cluster, recording, await cluster.Record());
        using var _ = TestCluster.As(TestCluster.Officer);
        var trail = cluster.Client.AuditTrail(TestCluster.Site);

        var byRecording = await trail.CertificateOf(recording);
        var byBooking = await trail.CertificatesOf(booking);
        var byDay = await trail.CertificatesOn(new DateOnly(2026, 12, 7), 1);
        var dayBefore = await trail.CertificatesOn(new DateOnly(2026, 12, 6), 1);

        Assert.Equal(one.Number, byRecording!.Number);
        Assert.Equal([one.Number], byBooking.Select(certificate => certificate.Number));
        Assert.Equal([one.Number, other.Number], byDay.Select(certificate => certificate.Number));
        Assert.Empty(dayBefore);
    }

    [Fact]
    public async Task Asking_for_a_certificate_many_times_at_once_gives_one()
    {
        await using var cluster = await TestCluster.Start();
        var (one, _) = await EraseBoth(cluster, await cluster.Record(), await cluster.Record());
        var fresh = one with { Recording = RecordingId.New(), Number = 0, Seal = null };
        using var _ = TestCluster.As(GrainInterfaces.Callers.Caller.Silo);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cluster.Client.AuditTrail(TestCluster.Site).Certify(fresh)));

        Assert.Single(all.Select(certificate => certificate.Number).Distinct());
        Assert.Single(await Certificates(cluster), certificate => certificate.Subject == fresh.Recording.ToString());
    }

    [Fact]
    public async Task A_signed_head_stands_in_the_trail_and_outside_and_the_whole_trail_holds_against_it()
    {
        await using var cluster = await TestCluster.Start();
        await cluster.Record();
        using var _ = TestCluster.As(GrainInterfaces.Callers.Caller.Silo);
        var trail = cluster.Client.AuditTrail(TestCluster.Site);

        var head = await trail.SignHead();
        var again = await trail.SignHead();

        Assert.Equal(head, again);
        Assert.Equal([head!], cluster.Heads.Read(TestCluster.Site));
        var entries = await Entries(cluster);
        Assert.Equal((TrailHead.Deed, head!.Number + 1), (entries[^1].Deed, entries[^1].Number));
        using var seals = cluster.Seals();
        var check = new ChainCheck(cluster.Heads.Read(TestCluster.Site), seals);
        Assert.All(entries, check.Add);
        Assert.True(check.Finish().IsWhole);
    }

    private static async Task<(BookingId Booking, RecordingId Recording)> RecordBooked(TestCluster cluster)
    {
        var (booking, _) = await cluster.Book();
        var recording = await cluster.StartTalk(booking);
        using var _ = TestCluster.As(TestCluster.Official);
        await cluster.Client.Booking(booking).StopTalk();
        return (booking, recording);
    }

    // One after the other, so that it is known whose certificate is the first.
    private static async Task<(Certificate One, Certificate Other)> EraseBoth(TestCluster cluster, RecordingId first, RecordingId second)
    {
        await cluster.Restart(away: TimeSpan.FromDays(14.1));
        using var _ = TestCluster.As(GrainInterfaces.Callers.Caller.Silo);
        var erased = ImmutableArray.CreateBuilder<Certificate>();
        foreach (var recording in new[] { first, second })
        {
            await cluster.Client.Recording(recording).Expire();
            erased.Add((await cluster.Client.AuditTrail(TestCluster.Site).CertificateOf(recording))!);
        }

        return (erased[0], erased[1]);
    }

    private static async Task<ImmutableArray<AuditRecord>> Entries(TestCluster cluster)
    {
        await using var database = cluster.Database.Open();
        return await new AuditStore(database).Read(TestCluster.Site, 1, 1000);
    }

    private static async Task<IEnumerable<AuditRecord>> Certificates(TestCluster cluster) => (await Entries(cluster)).Where(entry => entry.Deed == Certificate.Deed);
}
