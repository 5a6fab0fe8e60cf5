namespace RecordingCluster.GrainInterfaces.References;

/// <summary>Where a document is found that stands outside this cluster: an assessment, an advice, a consent. Opaque here (R19).</summary>
[GenerateSerializer, Immutable, Alias("document-reference")]
public readonly record struct DocumentReference(string Value)
{
    /// <summary>Refuses a reference that is malformed or looks like a person.</summary>
    public void Check(string field) => ReferenceText.Checked(field, Value);

    public override string ToString() => Value;
}
