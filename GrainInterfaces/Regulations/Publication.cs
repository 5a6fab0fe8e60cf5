using System.Collections.Immutable;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The public page, made from the regulation in force and never typed (R18).</summary>
/// <param name="Html">One file that needs no other.</param>
/// <param name="Json">The same facts for programs.</param>
/// <param name="Regulation">What it is made from.</param>
/// <param name="Articles">Of that version, as they were decided on.</param>
/// <param name="Texts">What people are told, in each language.</param>
[GenerateSerializer, Immutable, Alias("publication")]
public sealed record Publication(string Html, string Json, RegulationInForce Regulation, ImmutableArray<Article> Articles, ImmutableArray<NoticeTexts> Texts);
