using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>What the database keeps of a recording: the row of its grain and that of its reminder.</summary>
public interface IErasedRows
{
    /// <summary>Takes both out, once the certificate is in the trail. Durable when this returns; safe to repeat. Those that wait together go together.</summary>
    Task Remove(RecordingId recording);
}
