using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Grains.Audit;

/// <summary>Keeps signed heads outside the database.</summary>
public interface IHeadKeeper
{
    /// <summary>On disk when this returns. Safe to repeat: the last one is not kept twice.</summary>
    Task Keep(TrailHead head);
}
