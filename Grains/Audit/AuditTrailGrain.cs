using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Audit;

[GrainType("audit-trail"), Reentrant] // or each entry would wait for the one before it to reach the disk
internal sealed class AuditTrailGrain(IAuditStore store, TimeProvider clock) : Grain, IAuditTrailGrain
{
    private const string CertificateDeed = "certificate";

    // One answer stays far below the size of a message: 1,000 entries of about 1 kB.
    private const int MostEntriesAtOnce = 1000;

    private TrailWriter? writer;

    private SiteId Site => new(this.GetPrimaryKeyString());

    private TrailWriter Writer => writer ??= new TrailWriter(Site, store, clock);

    public async Task<long> Write(AuditNote note) => (await Writer.Write(note)).Number;

    public async Task<Certificate> Certify(Certificate certificate) => CertificateIn(await Writer.WriteOnce(
        new AuditNote("silo", CertificateDeed, SubjectOf(certificate.Recording), "silo", AuditResult.Done, null, ""),
        _ => AuditDetail.Write(certificate)));

    public async Task<Certificate?> CertificateOf(RecordingId recording) =>
        await store.Find(Site, CertificateDeed, SubjectOf(recording)) is { } entry ? CertificateIn(entry) : null;

    public Task<ImmutableArray<AuditRecord>> Read(long from, int count) =>
        count is > 0 and <= MostEntriesAtOnce
            ? store.Read(Site, from, count)
            : throw RecordingClusterException.Invalid("count", $"must be 1 to {MostEntriesAtOnce}.", "Read the trail in steps.");

    private static Certificate CertificateIn(AuditRecord entry) => AuditDetail.Read<Certificate>(entry.Detail) with { Number = entry.Number };

    private static string SubjectOf(RecordingId recording) => recording.ToString();
}
