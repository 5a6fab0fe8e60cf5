using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Access;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Playback;

/// <summary>Shows what this silo's vault has through the portals of others. It takes no portal's word: the secretary's signature is checked here.</summary>
internal sealed class PartDesk(ViewingSource source, IGrantWitness witness, PartTickets tickets, TimeProvider clock) : IPartDesk
{
    public async Task<PartLook> Look(Part part, GrantUse use)
    {
        var permit = await ViewingPermit.Of(use, witness);
        permit.Check(part.Id.Recording, permit.Window, clock.GetUtcNow());
        return source.Look(part, permit.Window);
    }

    public async Task<PartTicket> Admit(PartId part, int fragment, GrantUse use) => tickets.Issue(new Errand.Fetch(part, fragment, await ViewingPermit.Of(use, witness)));
}
