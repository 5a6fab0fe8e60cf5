using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Audit;

/// <summary>The table of the trail: rows go in and never change. Any number of sites share it.</summary>
public interface IAuditStore
{
    /// <summary>The last entry of a site; null when it has none.</summary>
    Task<AuditRecord?> Last(SiteId site);

    /// <summary>Appends an entry, durable when this returns.</summary>
    /// <returns>False when the site has an entry of that number already: another writer came first, and nothing was written.</returns>
    Task<bool> TryAppend(SiteId site, AuditRecord record);

    /// <summary>Entries from a number on, in order, at most <paramref name="count"/>.</summary>
    Task<ImmutableArray<AuditRecord>> Read(SiteId site, long from, int count);

    /// <summary>The first entry of a site with this deed and subject; null when there is none.</summary>
    Task<AuditRecord?> Find(SiteId site, string deed, string subject);
}
