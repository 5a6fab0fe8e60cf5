using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>What the data protection officer says of a draft.</summary>
[Alias("advice-kind")]
public enum AdviceKind
{
    /// <summary>It may come into force.</summary>
    Positive,

    /// <summary>It may come into force under conditions, which stand in the document.</summary>
    Conditional,

    /// <summary>It must not come into force as it is.</summary>
    Negative,
}

/// <summary>The officer's advice on one draft. It goes with the text it was given on: a changed draft needs another.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Document">Where it is found in full.</param>
/// <param name="By">The officer.</param>
/// <param name="At">When it was given.</param>
[GenerateSerializer, Immutable, Alias("advice")]
public sealed record Advice(AdviceKind Kind, DocumentReference Document, string By, DateTimeOffset At);
