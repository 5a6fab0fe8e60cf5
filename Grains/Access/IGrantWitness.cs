using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Grains.Access;

/// <summary>Knows whose word a grant is, by keys that whoever owns the database cannot replace.</summary>
public interface IGrantWitness
{
    /// <summary>Whether the person named in it, who is a secretary now, signed exactly this statement.</summary>
    /// <returns>Null when it holds; otherwise why not, in words for the trail.</returns>
    Task<string?> WhyNot(SignedGrant signedGrant);
}
