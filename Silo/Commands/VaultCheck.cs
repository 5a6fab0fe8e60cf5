using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Trail;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Silo.Vault.Checking;

namespace RecordingCluster.Silo.Commands;

/// <summary>Takes sights of vault and database and compares them, changing nothing, also while the silo runs.</summary>
/// <remarks>
/// A silo at work erases and certifies while it is looked at, so what one look finds may be a moment between two steps. What
/// is told was found by two looks, <see cref="BetweenLooks"/> apart.
/// </remarks>
internal static class VaultCheck
{
    private const int Step = 1000;
    private const int ToldEvery = 100;

    // An erasure's steps are milliseconds apart.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <exception cref="RecordingClusterException">NotFound: there is no database or ring. DataLoss: one of them cannot be read.</exception>
    public static async Task<IReadOnlyList<VaultFinding>> Run(SiloSettings settings, bool payloads, TimeProvider clock, Action<string> tell, CancellationToken cancellation)
    {
        if (DemoFolder.IsNew(settings.Storage))
        {
            throw new RecordingClusterException(ErrorKind.NotFound, $"There is nothing of a cluster in {settings.Storage.Folder}. Name its folder by --Storage:Folder=….");
        }

        await using var database = settings.Storage.OpenDatabase();
        using var seals = new TrailAuthorities(settings.Certificates.FilesIn(settings.Storage).Authorities).NewCheck();
        return await Run(
            new VaultOptions(settings.Storage.Vault, settings.Storage.Keys), () => RecordingRows.Of(database, settings.Name), new AuditStore(database), settings.Plan.Site, seals, payloads, clock, tell, cancellation);
    }

    public static async Task<IReadOnlyList<VaultFinding>> Run(
        VaultOptions vault, Func<IReadOnlyList<RecordingRow>> readRows, IAuditStore trail, SiteId site, SealCheck seals, bool payloads, TimeProvider clock, Action<string> tell, CancellationToken cancellation)
    {
        var first = await Look();
        if (first.Count == 0)
        {
            return first;
        }

        tell(string.Create(CultureInfo.InvariantCulture, $"{first.Count} finding(s); looking again, in case the silo was in the middle of something"));
        await Task.Delay(BetweenLooks, clock, cancellation);
        return [.. (await Look()).Intersect(first)];

        async Task<List<VaultFinding>> Look()
        {
            // Files first: what is erased after they were seen has its certificate by the time that those are read, and is
            // then found surplus; the second look tells it from what really stays.
            var (parts, strays, erasing, keys) = new VaultLook(vault).Take(payloads, (count, of) => Tell(count, of, tell));
            var rows = readRows();
            var certificates = await ReadCertificates(trail, site);
            tell(string.Create(CultureInfo.InvariantCulture, $"{parts.Count} part(s), {keys.Count} key(s), {rows.Count} row(s), {certificates.Count} certificate(s)"));
            return [.. VaultComparison.Find(new VaultSight(clock.GetUtcNow(), parts, strays, erasing, keys, rows, certificates), seals)];
        }
    }

    private static void Tell(int count, int of, Action<string> tell)
    {
        if (count % ToldEvery == 0 || count == of)
        {
            tell(string.Create(CultureInfo.InvariantCulture, $"looked at {count} of {of} files"));
        }
    }

    private static async Task<List<Certificate>> ReadCertificates(IAuditStore store, SiteId site)
    {
        var (certificates, from) = (new List<Certificate>(), 1L);
        while (true)
        {
            var step = await store.ReadDeed(site, Certificate.Deed, null, from, Step);
            certificates.AddRange(step.Select(Certificates.In));
            if (step.Length < Step)
            {
                return certificates;
            }

            from = step[^1].Number + 1;
        }
    }
}
