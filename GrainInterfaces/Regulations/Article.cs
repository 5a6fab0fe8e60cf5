namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>One article of the regulation.</summary>
/// <param name="Id">Stays the same through all versions.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Markdown without HTML.</param>
[GenerateSerializer, Immutable, Alias("article")]
public sealed record Article(ArticleId Id, LocalText Title, LocalText Text)
{
    private const int LongestTitle = 120;

    // Two printed pages; a longer article wants to be two.
    private const int LongestText = 6000;

    internal void Check()
    {
        _ = ArticleId.Of(Id.Value);
        Title.Check($"articles.{Id}.title", LongestTitle);
        Text.Check($"articles.{Id}.text", LongestText);
    }
}
