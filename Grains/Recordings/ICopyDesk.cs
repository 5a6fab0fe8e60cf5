using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Keeps copies of sisters' parts in this silo's vault.</summary>
public interface ICopyDesk
{
    /// <summary>Says what a copy lacks, and begins it when there is none.</summary>
    Task<CopyAnswer> Keep(PartToCopy part);
}
