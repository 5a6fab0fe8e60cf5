using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>What a check of a trail found.</summary>
/// <param name="Entries">How many entries were looked at.</param>
/// <param name="Last">The number of the last; 0 when there was none.</param>
/// <param name="Heads">How many heads it was held against.</param>
/// <param name="Covered">The last entry that a good head vouches for: what was added later could be cut unseen. 0 without heads.</param>
/// <param name="Faults">What is wrong, each with its number and reason; empty for a whole trail.</param>
public sealed record ChainReport(long Entries, long Last, int Heads, long Covered, ImmutableArray<ChainFault> Faults)
{
    public bool IsWhole => Faults.IsEmpty;
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">The entry at which it shows.</param>
/// <param name="Reason">In a sentence that begins with the entry or head.</param>
public sealed record ChainFault(ChainFaultKind Kind, long Number, string Reason);

/// <summary>What may be wrong with a trail.</summary>
public enum ChainFaultKind
{
    /// <summary>An entry was changed, removed, added or moved: this is the first that does not follow.</summary>
    WrongEntry,

    /// <summary>A head names an entry beyond the last: the end was cut off.</summary>
    CutTail,

    /// <summary>A head names another hash than the entry has: the trail was written anew from there or before.</summary>
    ReplacedHead,

    /// <summary>A head's own signature does not hold, so it vouches for nothing.</summary>
    BadSignature,
}
