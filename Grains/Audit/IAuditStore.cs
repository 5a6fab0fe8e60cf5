using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Audit;

/// <summary>The table of the trail: rows go in and never change. Any number of sites share it.</summary>
/// <remarks>Nothing here blocks its caller while the disk works: a grain goes on taking entries meanwhile.</remarks>
public interface IAuditStore
{
    /// <summary>The last entry of a site; null when it has none.</summary>
    Task<AuditRecord?> Last(SiteId site);

    /// <summary>The last entry of a site with this deed; null when there is none.</summary>
    Task<AuditRecord?> LastOf(SiteId site, string deed);

    /// <summary>Appends entries in one transaction: all of them are durable when this returns true, and none when it does not.</summary>
    /// <returns>False when the site has an entry of one of the numbers already: another writer came first, and nothing was written.</returns>
    Task<bool> TryAppend(SiteId site, IReadOnlyList<AuditRecord> records);

    /// <summary>Entries from a number on, in order, at most <paramref name="count"/>.</summary>
    Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count);

    /// <summary>Entries with this deed from a number on, in order, at most <paramref name="count"/>; of one stretch of time when it is given.</summary>
    Task<ImmutableArray<AuditRecord>> ReadDeed(SiteId site, string deed, TimeRange? written, long from, int count);

    /// <summary>The first entry of a site with this deed and subject; null when there is none.</summary>
    Task<AuditRecord?> Find(SiteId site, string deed, string subject);

    /// <summary>Entries before a number that a search asks for, the newest first, at most <paramref name="count"/>.</summary>
    Task<ImmutableArray<AuditRecord>> Search(SiteId site, TrailSearch search, long before, int count);
}
