using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Identity;

/// <summary>What somebody asked and was granted as camera administrator ends with that role, and what one looks at with the sessions that one ends.</summary>
internal sealed class AdministratorsRequests(IGrainFactory grains, SiloCalls silo, SitePlan plan, TimeProvider clock)
{
    /// <summary>Ends what of it could still be decided on or looked at. Safe to repeat.</summary>
    public Task Lapse(string subject) => OnEach(subject, request => request.Lapse());

    /// <summary>Ends what is being looked at: a viewing is bound to the session in which it began. Safe to repeat.</summary>
    public Task EndViewings(string subject) => OnEach(subject, request => request.EndViewings());

    private async Task OnEach(string subject, Func<IAccessRequestGrain, Task> end)
    {
        using var _ = silo.Begin();
        var now = clock.GetUtcNow();
        foreach (var request in (await grains.TownHall(plan.Site).Requests()).Where(request => request.AskedBy == subject && now < request.Deadline))
        {
            await end(grains.AccessRequest(request.Id));
        }
    }
}
