using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Where parts are kept sealed, as a recording's grain sees it: the vaults of all silos as one. No media bytes pass here.</summary>
public interface IVault
{
    /// <summary>The parts that there are of a recording, in the order in which they were made, and what is there as copies of them, read from their files.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="known">
    /// The parts as they were known before. Of a vault that is away they are the answer, or their copies where these have more; what a
    /// vault that answers no longer has, or has and cannot read, is damaged.
    /// </param>
    /// <param name="fences">What does not count.</param>
    Task<VaultContent> Parts(RecordingId recording, ImmutableArray<Part> known, ImmutableArray<Fence> fences);

    /// <summary>
    /// Destroys a recording: key first, then bytes overwritten, truncated, unlinked, folder flushed; then tries to open it (R9).
    /// Safe to repeat, also after a crash in the middle: the facts are kept until <see cref="Forget"/>.
    /// </summary>
    /// <param name="recording">The recording.</param>
    /// <param name="vaults">The vaults that may hold something of it.</param>
    /// <param name="awaited">Those of them that were away before.</param>
    Task<ErasureAnswer> Erase(RecordingId recording, IReadOnlyCollection<string> vaults, ImmutableArray<AwaitedVault> awaited);

    /// <summary>Lets go of the facts of an erasure, once its certificate is in the trail. Safe to repeat.</summary>
    Task Forget(RecordingId recording);
}

/// <summary>What there is of a recording in all vaults that answered.</summary>
/// <param name="Parts">In order, each once, whether it or its copy told of it.</param>
/// <param name="Copies">What vaults have of others' parts.</param>
public sealed record VaultContent(ImmutableArray<Part> Parts, ImmutableArray<PartCopy> Copies);

/// <summary>How far an erasure came.</summary>
/// <param name="Erasure">What was there and what was done, in all vaults that answered; null when none knows anything of this recording.</param>
/// <param name="Away">The vaults that may hold something of it and did not answer: it is not gone yet, and must be tried again.</param>
public sealed record ErasureAnswer(Erasure? Erasure, ImmutableArray<string> Away);

/// <summary>A vault that was away when a recording was to be erased.</summary>
/// <param name="Name">The silo's.</param>
/// <param name="Since">When it was first asked in vain.</param>
public sealed record AwaitedVault(string Name, DateTimeOffset Since);
