using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Regulations;

/// <summary>Lets a grain go by the regulation in force.</summary>
internal static class SiteRegulation
{
    /// <summary>What may not be done without a regulation.</summary>
    /// <exception cref="RecordingClusterException">Conflict: none is in force.</exception>
    public static async Task<RegulationInForce> NeedRegulation(this IGrainFactory grains, SiteId site) =>
        await grains.Regulation(site).InForce()
        ?? throw new RecordingClusterException(
            ErrorKind.Conflict, $"No regulation is in force in {site}, and without one nothing is recorded and nobody looks. The secretary activates a version first.");

    /// <summary>What is done with or without a regulation: without one, nothing is recorded.</summary>
    public static async Task<RegulationTerms> Terms(this IGrainFactory grains, SiteId site) =>
        (await grains.Regulation(site).InForce())?.Terms ?? RegulationTerms.NothingRecorded;
}
