using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.GrainInterfaces.Away;

/// <summary>The journal of one silo, for the grains of others.</summary>
/// <remarks>Key: the silo's name. It lives on that silo alone, and needs no database. Each silo keeps what any of them did, so that none takes up again what was stopped.</remarks>
[Alias("journal")]
public interface IJournalGrain : IGrainWithStringKey
{
    /// <summary>On that silo's disk when this returns. Safe to repeat.</summary>
    [Alias("keep"), AllowedTo(Roles.Silo)]
    Task Keep(JournalEntry entry);
}
