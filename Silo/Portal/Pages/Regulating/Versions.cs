using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Portal.Pages.Regulating;

internal static class Versions
{
    /// <exception cref="RecordingClusterException">NotFound: there is no such version. InvalidInput: it is no name of one.</exception>
    public static async Task<RegulationVersionView> Find(IGrainFactory grains, SitePlan plan, string name)
    {
        var id = RegulationVersionId.Of(name);
        return (await grains.Regulation(plan.Site).Versions()).FirstOrDefault(version => version.Id == id)
            ?? throw new RecordingClusterException(ErrorKind.NotFound, "There is no such version of the regulation. Choose one from the list.");
    }
}
