using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>This silo's own vault. What its methods promise, <see cref="IVault"/> says.</summary>
public interface ISiloVault
{
    /// <summary>The name of the silo; null where there is one vault alone.</summary>
    string? Name { get; }

    /// <summary>
    /// The parts of a recording that are here, and what is here as a copy of a sister's: that names the sister as its vault. One of
    /// which all came behind a fence has no fragment.
    /// </summary>
    Task<ImmutableArray<Part>> Parts(RecordingId recording, ImmutableArray<Fence> fences);

    Task<Erasure?> Erase(RecordingId recording);

    Task Forget(RecordingId recording);
}
