using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Placement;

namespace RecordingCluster.Grains.Recordings;

// Erasing and reading a recording's files exclude each other in the vault itself, so nobody waits here for another recording.
[GrainType(WhereItWorks.Vault), WhereItWorks, Reentrant]
internal sealed class VaultGrain(ISiloVault vault, IPartDesk desk, ICopyDesk copies, VaultSpaces spaces) : Grain, IVaultGrain
{
    public Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Fence> fences) => vault.Parts(recording, fences);

    public Task<Erasure?> Erase(RecordingId recording) => vault.Erase(recording);

    public Task<PartLook> Look(Part part, GrantUse use) => desk.Look(part, use);

    public Task<PartTicket> Admit(PartId part, int fragment, GrantUse use) => desk.Admit(part, fragment, use);

    public Task<CopyAnswer> KeepCopy(PartToCopy part) => copies.Keep(part);

    public Task KnowSpace(VaultSpace space)
    {
        spaces.Know(space);
        return Task.CompletedTask;
    }

    public Task Forget(RecordingId recording) => vault.Forget(recording);
}
