using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Audit;

/// <summary>Lets grains write what the cluster itself did, saw or found.</summary>
internal sealed class SiteTrail(IGrainFactory grains, SitePlan plan)
{
    public Task Note<T>(string deed, string subject, T facts) =>
        grains.AuditTrail(plan.Site).Write(new AuditNote("silo", deed, subject, "silo", AuditResult.Done, null, AuditDetail.Write(facts)));
}
