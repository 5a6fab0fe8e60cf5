using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Grains.Audit;

[GrainType("audit-trail"), Reentrant] // or each entry would wait for the one before it to reach the disk
internal sealed class AuditTrailGrain(
    IAuditStore store, IHeadKeeper heads, IClusterCertificates certificates, IClockWitness clockWitness, ProcessedDeeds processed, TimeProvider clock) : Grain, IAuditTrailGrain
{
    // One answer stays far below the size of a message: 1,000 entries of about 1 kB, certificates of about 2.5 kB.
    private const int MostEntriesAtOnce = 1000;

    private TrailWriter? writer;

    private SiteId Site => new(this.GetPrimaryKeyString());

    private TrailWriter Writer => writer ??= new TrailWriter(Site, store, clock);

    public async Task<long> Write(AuditNote note) => (await Writer.Write(note)).Number;

    public async Task<long> WriteLate(AuditNote note, DateTimeOffset at, JournalEntryId entry) =>
        await FindLate(note.Deed, at, entry) ?? await Write(note with { Detail = AuditDetail.Late(note.Detail, at, entry) });

    public async Task<Certificate> Certify(Certificate certificate)
    {
        var erasing = processed.BeginErasing();
        var isFirst = false;
        try
        {
            var entry = await Writer.WriteOnce(
                new AuditNote("silo", Certificate.Deed, SubjectOf(certificate.Recording), "silo", AuditResult.Done, null, ""),
                before =>
                {
                    isFirst = true;
                    return AuditDetail.Write(Complete(certificate, before));
                });
            return Certificates.In(entry);
        }
        finally
        {
            await processed.EndErasing(erasing, isFirst ? certificate : null);
        }
    }

    public async Task<Certificate?> CertificateOf(RecordingId recording) =>
        await store.Find(Site, Certificate.Deed, SubjectOf(recording)) is { } entry ? Certificates.In(entry) : null;

    public async Task<ImmutableArray<Certificate>> CertificatesOf(BookingId booking)
    {
        var found = ImmutableArray.CreateBuilder<Certificate>();
        var from = 1L;
        ImmutableArray<AuditRecord> step;
        do
        {
            step = await store.ReadDeed(Site, Certificate.Deed, null, from, MostEntriesAtOnce);
            found.AddRange(step.Select(Certificates.In).Where(certificate => certificate.Booking == booking));
            from = step.IsEmpty ? from : step[^1].Number + 1;
        }
        while (step.Length == MostEntriesAtOnce);

        return found.ToImmutable();
    }

    public async Task<ImmutableArray<Certificate>> CertificatesOn(DateOnly day, long from) =>
        [.. (await store.ReadDeed(Site, Certificate.Deed, LocalTime.RangeOf(day), from, MostEntriesAtOnce)).Select(Certificates.In)];

    public Task<ImmutableArray<AuditRecord>> Read(long from, int count) =>
        count is > 0 and <= MostEntriesAtOnce
            ? store.Read(Site, from, count)
            : throw RecordingClusterException.Invalid("count", $"must be 1 to {MostEntriesAtOnce}.", "Read the trail in steps.");

    public async Task<TrailReading> BeginReading(TrailUse use) => new(use, (await store.Last(Site))?.Number ?? 0);

    public async Task<TrailHead?> SignHead()
    {
        if (await store.Last(Site) is not { } last)
        {
            return null;
        }

        TrailHead head;
        if (last.Deed == TrailHead.Deed)
        {
            head = TrailLines.ReadHead(Encoding.UTF8.GetBytes(last.Detail), last.Number);
        }
        else
        {
            head = TrailHead.Of(Site, last, clock.GetUtcNow(), certificates.Own);
            await Writer.Write(new AuditNote("silo", TrailHead.Deed, $"audit-trail/{Site}", "silo", AuditResult.Done, null, TextOf(head)));
        }

        await heads.Keep(head);
        return head;
    }

    // It was written before when a crash came between the trail and the end of the journal, or another silo had the entry too.
    private async Task<long?> FindLate(string deed, DateTimeOffset at, JournalEntryId entry)
    {
        var (since, from) = (new TimeRange(at, DateTimeOffset.MaxValue), 1L);
        while (await store.ReadDeed(Site, deed, since, from, MostEntriesAtOnce) is { IsEmpty: false } step)
        {
            if (step.FirstOrDefault(record => AuditDetail.IsLate(record.Detail, entry)) is { } known)
            {
                return known.Number;
            }

            from = step[^1].Number + 1;
        }

        return null;
    }

    private Certificate Complete(Certificate certificate, AuditRecord? before)
    {
        var complete = certificate with
        {
            Articles = string.Join(", ", Certificates.ArticlesOf(certificate.Tracks)),
            Clock = clockWitness.Read(),
            Previous = before is null ? AuditChain.Beginning : Certificates.In(before).HashOfWords(),
        };
        return complete with { Seal = SiloSeal.Of(complete.Words(), certificates.Own) };
    }

    private static string TextOf(TrailHead head)
    {
        var bytes = new ArrayBufferWriter<byte>();
        TrailLines.WriteJson(bytes, head);
        return Encoding.UTF8.GetString(bytes.WrittenSpan).TrimEnd();
    }

    private static string SubjectOf(RecordingId recording) => recording.ToString();
}
