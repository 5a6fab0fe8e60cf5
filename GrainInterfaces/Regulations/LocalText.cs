using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The same text in both languages.</summary>
[GenerateSerializer, Immutable, Alias("local-text")]
public sealed record LocalText(string Dutch, string English)
{
    public string In(Language language) => language == Language.Dutch ? Dutch : English;

    internal void Check(string field, int longest)
    {
        foreach (var (language, text) in new[] { ("dutch", Dutch), ("english", English) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(c => char.IsControl(c) && c != '\n'))
            {
                throw RecordingClusterException.Invalid(
                    $"{field}.{language}", $"must be 1 to {longest} characters without control characters other than line ends (\\n).", "Write it in both languages.");
            }

            PersonalData.Refuse($"{field}.{language}", text);
        }
    }
}
