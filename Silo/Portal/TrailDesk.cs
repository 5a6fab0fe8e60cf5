using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Silo.Trail;

namespace RecordingCluster.Silo.Portal;

/// <summary>Reads the trail for who watches over. That it was read, and by whom, stands in the trail itself each time.</summary>
internal sealed class TrailDesk(IGrainFactory grains, SitePlan plan, IAuditStore store)
{
    // A message holds a thousand; a page shows far fewer.
    private const int Step = 1000;

    /// <summary>What a search asks for, before a number, newest first.</summary>
    public async Task<ImmutableArray<AuditRecord>> Search(TrailSearch search, long before, int count)
    {
        await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Search);
        return await store.Search(plan.Site, search, before, count);
    }

    /// <summary>All entries of some deeds, each deed in its order.</summary>
    public async Task<List<AuditRecord>> Deeds(params string[] deeds)
    {
        await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Search);
        var found = new List<AuditRecord>();
        foreach (var deed in deeds)
        {
            ImmutableArray<AuditRecord> step;
            var from = 1L;
            do
            {
                step = await store.ReadDeed(plan.Site, deed, null, from, Step);
                found.AddRange(step);
                from = step.IsEmpty ? from : step[^1].Number + 1;
            }
            while (step.Length == Step);
        }

        return found;
    }

    /// <summary>A month or a year in figures, and the last entry that was counted.</summary>
    public async Task<(RoomReport Report, long Until)> Report(ReportPeriod period, CancellationToken cancellation)
    {
        var report = new RoomReport(plan, period);
        var reading = await grains.AuditTrail(plan.Site).BeginReading(TrailUse.Report);
        await foreach (var entries in store.ReadAll(plan.Site, reading.Until, cancellation))
        {
            foreach (var entry in entries)
            {
                report.Add(entry);
            }
        }

        return (report, reading.Until);
    }
}
