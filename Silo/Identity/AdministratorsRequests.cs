using RecordingCluster.GrainInterfaces;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Identity;

/// <summary>What somebody asked and was granted as camera administrator ends with that role.</summary>
internal sealed class AdministratorsRequests(IGrainFactory grains, SiloCalls silo, SitePlan plan, TimeProvider clock)
{
    /// <summary>Ends what of it could still be decided on or looked at. Safe to repeat.</summary>
    public async Task Lapse(string subject)
    {
        using var _ = silo.Begin();
        var now = clock.GetUtcNow();
        foreach (var request in (await grains.TownHall(plan.Site).Requests()).Where(request => request.AskedBy == subject && now < request.Deadline))
        {
            await grains.AccessRequest(request.Id).Lapse();
        }
    }
}
