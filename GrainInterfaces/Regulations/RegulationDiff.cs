using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>What differs between two versions. What is not named is the same.</summary>
/// <param name="Articles">Articles that differ, in the order of the later version; those taken away stand last.</param>
/// <param name="Terms">Terms that differ.</param>
[GenerateSerializer, Immutable, Alias("regulation-diff")]
public sealed record RegulationDiff(ImmutableArray<ArticleDiff> Articles, ImmutableArray<TermDiff> Terms);

/// <summary>One article that differs.</summary>
[GenerateSerializer, Immutable, Alias("article-diff")]
public sealed record ArticleDiff(ArticleId Id, ImmutableArray<DiffLine> Dutch, ImmutableArray<DiffLine> English);

/// <summary>One line of title or text, of the earlier version, the later, or both.</summary>
[GenerateSerializer, Immutable, Alias("diff-line")]
public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>In which of two versions a line stands.</summary>
[Alias("diff-kind")]
public enum DiffKind
{
    Both,
    Removed,
    Added,
}

/// <summary>One term that differs.</summary>
[GenerateSerializer, Immutable, Alias("term-diff")]
public sealed record TermDiff(string Term, string From, string To);
