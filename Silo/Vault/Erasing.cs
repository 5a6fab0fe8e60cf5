using System.Runtime.ExceptionServices;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>One recording on its way through an erasure, among others that go with it.</summary>
internal sealed class Erasing(RecordingId recording)
{
    public RecordingId Recording { get; } = recording;

    /// <summary>What is known of it; null when the vault knows nothing of this recording.</summary>
    public ErasureRecord? Record { get; set; }

    /// <summary>What went wrong with this one: no further step is taken with it.</summary>
    public Exception? Fault { get; private set; }

    public void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault)
        {
            Fault = fault;
        }
    }

    /// <summary>The same recording was asked for twice at once: both are told the same.</summary>
    public void Follow(Erasing first) => (Record, Fault) = (first.Record, first.Fault);

    public Erasure? Outcome()
    {
        if (Fault is not null)
        {
            ExceptionDispatchInfo.Throw(Fault);
        }

        return Record?.Erasure;
    }
}
