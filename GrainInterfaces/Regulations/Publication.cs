namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The public page, made from the regulation in force and never typed (R18).</summary>
/// <param name="Html">One file that needs no other.</param>
/// <param name="Json">The same facts for programs.</param>
[GenerateSerializer, Immutable, Alias("publication")]
public sealed record Publication(string Html, string Json);
