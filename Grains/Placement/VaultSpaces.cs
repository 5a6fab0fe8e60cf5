using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Placement;

/// <summary>Which vaults have no space for another part, by the last word of their silos. Of one that said nothing yet it is believed that it has.</summary>
public sealed class VaultSpaces
{
    private readonly ConcurrentDictionary<string, bool> told = new();

    public void Know(VaultSpace space) => told[space.Vault] = space.HasSpace;

    public bool Has(string silo) => told.GetValueOrDefault(silo, true);
}
