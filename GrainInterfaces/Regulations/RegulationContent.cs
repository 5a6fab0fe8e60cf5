using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>All that a version of the regulation says.</summary>
/// <param name="Articles">In the order in which they are read.</param>
/// <param name="Terms">Its numbers and switches.</param>
/// <param name="Dpia">Where the data protection impact assessment is found; may be missing in a draft.</param>
/// <param name="Meets">The amendment requests that this version answers; none in most.</param>
[GenerateSerializer, Immutable, Alias("regulation-content")]
public sealed record RegulationContent(
    ImmutableArray<Article> Articles, RegulationTerms Terms, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DocumentReference? Dpia, ImmutableArray<AmendmentId> Meets)
{
    // The skeleton of municipal examples has seventeen.
    private const int MostArticles = 40;

    // All text together, in both languages: a third of what fits into one request after JSON has escaped it.
    private const int MostText = 48_000;

    public bool Has(ArticleId article) => Articles.Any(one => one.Id == article);

    /// <exception cref="RecordingClusterException">InvalidInput: something breaks a rule. What is only missing is no fault in a draft.</exception>
    public void Check(TimeSpan shortestRetention)
    {
        if (Articles.IsDefaultOrEmpty || Articles.Length > MostArticles || Articles.DistinctBy(article => article.Id).Count() != Articles.Length)
        {
            throw RecordingClusterException.Invalid("articles", $"must be 1 to {MostArticles}, each id once.", "Give each article an id of its own, such as picture.");
        }

        foreach (var article in Articles)
        {
            article.Check();
        }

        if (Articles.Sum(article => article.Title.Dutch.Length + article.Title.English.Length + article.Text.Dutch.Length + article.Text.English.Length) > MostText)
        {
            throw RecordingClusterException.Invalid("articles", $"must have at most {MostText} characters together.", "Shorten them, or refer to a document.");
        }

        if (Meets.IsDefault)
        {
            throw RecordingClusterException.Invalid("meets", "is missing.", "Name the amendment requests that this version answers, or give an empty list.");
        }

        Terms.Check(shortestRetention);
        Dpia?.Check("dpia");
    }

    public bool Equals(RegulationContent? other) =>
        other is not null && Terms == other.Terms && Dpia == other.Dpia && Articles.SequenceEqual(other.Articles) && Meets.SequenceEqual(other.Meets);

    public override int GetHashCode() => HashCode.Combine(Terms, Dpia, Articles.Length, Meets.Length);
}
