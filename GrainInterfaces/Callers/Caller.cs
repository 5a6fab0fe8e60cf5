namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>Who is calling: an opaque subject and the roles it has.</summary>
/// <remarks>The subject is resolved to a name at sign-in only; it never is one (R19).</remarks>
[GenerateSerializer, Immutable, Alias("caller")]
public sealed record Caller(string Subject, Roles Roles)
{
    /// <summary>The cluster acting for nobody in particular: a reminder, start-up, the recorder.</summary>
    public static Caller Silo { get; } = new("silo", Roles.Silo);

    public bool Has(Roles any) => (Roles & any) != 0;

    public override string ToString() => $"{Subject} ({Roles})";
}
