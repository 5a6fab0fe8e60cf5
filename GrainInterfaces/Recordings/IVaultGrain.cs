using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>The vault of one silo, for the grains of others. No media bytes pass here.</summary>
/// <remarks>Key: the silo's name. It lives on that silo alone; while that is away, each call fails at once.</remarks>
[Alias("vault")]
public interface IVaultGrain : IGrainWithStringKey
{
    /// <summary>The parts that this vault has of a recording, read from their files; what fences shut out is not counted. Of a copy the vault is named whose part it is.</summary>
    [Alias("parts"), AllowedTo(Roles.Silo)]
    Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Fence> fences);

    /// <summary>Destroys what this vault has of a recording. Safe to repeat until it is forgotten.</summary>
    /// <returns>What was there and what was done; null when it knows nothing of this recording.</returns>
    [Alias("erase"), AllowedTo(Roles.Silo)]
    Task<Erasure?> Erase(RecordingId recording);

    /// <summary>What of a part a grant opens, for another silo's portal. The secretary's signature is checked there.</summary>
    [Alias("look"), AllowedTo(Roles.Silo)]
    Task<PartLook> Look(Part part, GrantUse use);

    /// <summary>A ticket for one fragment, by which the other silo fetches its bytes over HTTPS: once, and soon.</summary>
    [Alias("admit"), AllowedTo(Roles.Silo)]
    Task<PartTicket> Admit(PartId part, int fragment, GrantUse use);

    /// <summary>
    /// Keeps a copy of a sister's part here, begun with this when there is none, and says what it lacks. Its recording knows of the
    /// copy before a byte of the talk comes in. Safe to repeat; a copy that was cut off goes on where it was.
    /// </summary>
    [Alias("keep-copy"), AllowedTo(Roles.Silo)]
    Task<CopyAnswer> KeepCopy(PartToCopy part);

    /// <summary>A sister says whether its own vault has space for another part, so that cameras are recorded where there is some.</summary>
    [Alias("know-space"), AllowedTo(Roles.Silo)]
    Task KnowSpace(VaultSpace space);

    /// <summary>Lets go of the facts of an erasure, once its certificate is in the trail. Safe to repeat.</summary>
    [Alias("forget"), AllowedTo(Roles.Silo)]
    Task Forget(RecordingId recording);
}
