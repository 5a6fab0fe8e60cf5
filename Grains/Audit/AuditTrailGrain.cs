using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Audit;

[GrainType("audit-trail")]
internal sealed class AuditTrailGrain(IAuditStore store, TimeProvider clock) : Grain, IAuditTrailGrain
{
    private const string CertificateDeed = "certificate";

    // One answer stays far below the size of a message: 1,000 entries of about 1 kB.
    private const int MostEntriesAtOnce = 1000;

    private AuditRecord? last;

    private SiteId Site => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => last = await store.Last(Site);

    public async Task<long> Write(AuditNote note) => (await Append(note)).Number;

    public async Task<Certificate> Certify(Certificate certificate)
    {
        if (await CertificateOf(certificate.Recording) is { } earlier)
        {
            return earlier;
        }

        var entry = await Append(new AuditNote(
            "silo", CertificateDeed, SubjectOf(certificate.Recording), "silo", AuditResult.Done, null, AuditDetail.Write(certificate)));
        return certificate with { Number = entry.Number };
    }

    public async Task<Certificate?> CertificateOf(RecordingId recording) =>
        await store.Find(Site, CertificateDeed, SubjectOf(recording)) is { } entry
            ? AuditDetail.Read<Certificate>(entry.Detail) with { Number = entry.Number }
            : null;

    public Task<ImmutableArray<AuditRecord>> Read(long from, int count) =>
        count is > 0 and <= MostEntriesAtOnce
            ? store.Read(Site, from, count)
            : throw RecordingClusterException.Invalid("count", $"must be 1 to {MostEntriesAtOnce}.", "Read the trail in steps.");

    private async Task<AuditRecord> Append(AuditNote note)
    {
        var entry = AuditChain.Next(last, note, clock.GetUtcNow());
        if (!await store.TryAppend(Site, entry))
        {
            // A second activation wrote in between, as can happen for a moment during a failover: the chain is read
            // anew and the entry put behind it. Should that fail too, the caller hears it and nothing is done.
            last = await store.Last(Site);
            entry = AuditChain.Next(last, note, clock.GetUtcNow());
            if (!await store.TryAppend(Site, entry))
            {
                throw new RecordingClusterException(ErrorKind.Unavailable, "Another writer of the trail keeps coming first. Try again.");
            }
        }

        last = entry;
        return entry;
    }

    private static string SubjectOf(RecordingId recording) => recording.ToString();
}
