using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.GrainInterfaces.Health;

/// <summary>How one silo is, for the operator at another's portal.</summary>
/// <remarks>Key: the silo's name. It lives on that silo alone; while that is away, each call fails. It keeps nothing.</remarks>
[Alias("silo-health")]
public interface ISiloHealthGrain : IGrainWithStringKey
{
    /// <summary>Carries out all checks of that silo, and tells what they found in the reader's language.</summary>
    [Alias("look"), AllowedTo(Roles.Silo)]
    Task<ImmutableArray<SiloCheck>> Look(Language language);
}
