using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Where parts are kept sealed, as a recording's grain sees it: the vaults of all silos as one. No media bytes pass here.</summary>
public interface IVault
{
    /// <summary>The parts that there are of a recording, in the order in which they were made, read from their files.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="known">The parts as they were known before: of a vault that is away they are the answer.</param>
    Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Part> known);

    /// <summary>
    /// Destroys a recording: key first, then bytes overwritten, truncated, unlinked, folder flushed; then tries to open it (R9).
    /// Safe to repeat, also after a crash in the middle: the facts are kept until <see cref="Forget"/>.
    /// </summary>
    /// <param name="recording">The recording.</param>
    /// <param name="known">Its parts as they are known.</param>
    /// <returns>What was there and what was done; null when no vault knows anything of this recording.</returns>
    /// <exception cref="RecordingClusterException">Unavailable: a vault that holds a known part is away. What the others held is erased; try again.</exception>
    Task<Erasure?> Erase(RecordingId recording, ImmutableArray<Part> known);

    /// <summary>Lets go of the facts of an erasure, once its certificate is in the trail. Safe to repeat.</summary>
    Task Forget(RecordingId recording);
}
