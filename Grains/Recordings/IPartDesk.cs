using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>What a silo shows of its own vault through the portal of another: each time only what a signed grant opens.</summary>
public interface IPartDesk
{
    /// <summary>What of a part a grant opens.</summary>
    Task<PartLook> Look(Part part, GrantUse use);

    /// <summary>A ticket for one fragment, to be handed in once and soon.</summary>
    Task<PartTicket> Admit(PartId part, int fragment, GrantUse use);
}
