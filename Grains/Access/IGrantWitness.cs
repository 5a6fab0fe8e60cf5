using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Deputies;

namespace RecordingCluster.Grains.Access;

/// <summary>Knows whose word a grant is, by keys that whoever owns the database cannot replace.</summary>
public interface IGrantWitness
{
    /// <summary>Whether the person named in it signed exactly this statement: a secretary now, or a deputy now within the days for which a secretary appointed them.</summary>
    /// <returns>Null when it holds; otherwise why not, in words for the trail.</returns>
    Task<string?> WhyNot(SignedGrant signedGrant);

    /// <summary>Whether the person named in it, who is a secretary now, signed exactly this appointment of somebody who is a deputy now.</summary>
    /// <returns>Null when it holds; otherwise why not, in words for the trail.</returns>
    Task<string?> WhyNot(SignedAppointment signedAppointment);
}
