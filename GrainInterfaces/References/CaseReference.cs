namespace RecordingCluster.GrainInterfaces.References;

/// <summary>The case a request to look belongs to, as the case system names it. Opaque here (R19).</summary>
[GenerateSerializer, Immutable, Alias("case-reference")]
public readonly record struct CaseReference(string Value)
{
    /// <summary>Refuses a reference that is malformed or looks like a person.</summary>
    public void Check() => ReferenceText.Checked("case reference", Value);

    public override string ToString() => Value;
}
