namespace RecordingCluster.GrainInterfaces;

/// <summary>An answer that the caller must act on. The trail closes its entry with it.</summary>
public interface IOutcome
{
    /// <summary>Why it was not done; null when it was, or already had been.</summary>
    string? Refusal { get; }
}
