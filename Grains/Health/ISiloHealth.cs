using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Health;

/// <summary>The checks of this silo, as its grain sees them.</summary>
public interface ISiloHealth
{
    Task<ImmutableArray<SiloCheck>> Look(Language language);
}
