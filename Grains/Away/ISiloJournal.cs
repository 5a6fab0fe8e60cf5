using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Away;

/// <summary>This silo's own journal.</summary>
public interface ISiloJournal
{
    /// <summary>The name of the silo; null where it is alone.</summary>
    string? Name { get; }

    /// <summary>On disk when this returns. Safe to repeat.</summary>
    /// <exception cref="RecordingClusterException">Unavailable: the disk does not take it.</exception>
    Task Keep(JournalEntry entry);
}

/// <summary>A silo that keeps none: what would stand there is refused.</summary>
internal sealed class NoJournal : ISiloJournal
{
    public string? Name => null;

    public Task Keep(JournalEntry entry) => throw new DatabaseAwayException();
}
