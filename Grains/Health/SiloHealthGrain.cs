using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Health;

// Some checks read every header of the vault; another operator does not wait for it.
[GrainType(WhereItWorks.Health), WhereItWorks, Reentrant]
internal sealed class SiloHealthGrain(ISiloHealth health) : Grain, ISiloHealthGrain
{
    public Task<ImmutableArray<SiloCheck>> Look(Language language) => health.Look(language);
}
