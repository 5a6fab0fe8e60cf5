using System.Collections.Immutable;

namespace RecordingCluster.Grains.Processing;

/// <summary>The durable table of a processing log. Lines go in and never change.</summary>
public interface IProcessingStore
{
    /// <summary>Appends lines in one transaction: on disk when this returns, as the standard asks that each line is confirmed.</summary>
    Task Append(IReadOnlyList<ProcessingLine> lines);

    /// <summary>Lines of a trace, in the order of their beginning.</summary>
    Task<ImmutableArray<ProcessingLine>> OfTrace(string traceId);

    /// <summary>Lines about somebody, by any of these pseudonyms, in the order of their beginning; at most <paramref name="most"/>.</summary>
    Task<ImmutableArray<ProcessingLine>> About(IReadOnlyCollection<string> subjectIds, int most);
}
