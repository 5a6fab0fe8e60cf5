using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Access;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>Shows what a signed grant opens, and nothing that has no signature.</summary>
internal sealed class ViewingDesk(ViewingSource source, IGrantWitness witness, IGrainFactory grains)
{
    /// <summary>What of its recording a request shows to a person; null when it has no grant.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">Denied: nobody who may decide signed the grant.</exception>
    public async Task<Shown?> Show(AccessRequestView asked, string person)
    {
        if (asked.Decision is not Decision.Approved { SignedGrant: var signed })
        {
            return null;
        }

        var permit = await ViewingPermit.Of(signed, asked.Id, person, witness);
        return new Shown(permit, source.Find(await grains.Recording(permit.Recording).Read(), permit.Window));
    }

    /// <summary>One fragment opened, with its part's beginning.</summary>
    public (byte[] Init, byte[] Fragment) Open(PartId part, int fragment, ViewingPermit permit) => source.Read(part, fragment, permit);
}

/// <summary>What a viewing shows, and by what right.</summary>
internal sealed record Shown(ViewingPermit Permit, ImmutableArray<VisiblePart> Parts);
