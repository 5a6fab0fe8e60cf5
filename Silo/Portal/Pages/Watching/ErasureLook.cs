using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Reports;

namespace RecordingCluster.Silo.Portal.Pages.Watching;

/// <summary>What should be gone and is not, what went too late, and what there still is: from the trail, each recording without a certificate asked after.</summary>
/// <param name="Missing">Past their term, and no certificate says that they are gone.</param>
/// <param name="Late">Gone, more than an hour after their term.</param>
/// <param name="Existing">Within their term.</param>
/// <param name="Certificates">All there are, the newest first.</param>
internal sealed record ErasureLook(
    IReadOnlyList<(RecordingView Recording, DateTimeOffset Begun)> Missing, IReadOnlyList<Certificate> Late, IReadOnlyList<RecordingView> Existing, IReadOnlyList<Certificate> Certificates)
{
    public static async Task<ErasureLook> Take(TrailDesk desk, IGrainFactory grains, DateTimeOffset now)
    {
        var record = new ErasureRecord();
        (await desk.Deeds([.. ErasureRecord.Deeds])).ForEach(record.Add);
        var remaining = await Task.WhenAll(record.Remaining.Select(async one => (Recording: await grains.Recording(one.Recording).Read(), one.Begun)));

        // One that nobody knows any more and that has no certificate cannot be shown to be gone either.
        var missing = remaining.Where(one => one.Recording.Certificate is null && (one.Recording.ExpiresAt is not { } expires || expires < now)).ToList();
        return new(
            missing,
            [.. record.Certificates.Where(certificate => certificate.Lateness > ErasureRecord.InTime)],
            [.. remaining.Select(one => one.Recording).Where(recording => recording.ExpiresAt is { } expires && expires >= now && recording.Certificate is null)],
            [.. record.Certificates]);
    }
}
