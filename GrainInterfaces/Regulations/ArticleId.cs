using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>Names one article through all versions of the regulation, whatever its number and title become.</summary>
[GenerateSerializer, Immutable, Alias("article-id")]
public readonly record struct ArticleId(string Value)
{
    /// <summary>The article of its own for the picture (R17).</summary>
    public static ArticleId Picture { get; } = new("picture");

    /// <summary>The article of its own for the sound (R17).</summary>
    public static ArticleId Sound { get; } = new("sound");

    /// <summary>Why recordings are kept as long as they are: the European board asks for reasons beyond 72 hours.</summary>
    public static ArticleId RetentionReasons { get; } = new("retention-reasons");

    /// <exception cref="Errors.RecordingClusterException">InvalidInput: it is no name.</exception>
    public static ArticleId Of(string? text) => new(Names.Checked("article", text));

    public override string ToString() => Value;
}
