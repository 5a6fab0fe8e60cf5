namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>Names who may call a grain method. A method without it is refused to everyone (R15).</summary>
/// <remarks>
/// A method is a deed and leaves an entry in the trail, opened before and closed after (R16), unless it is a
/// <see cref="Query"/> or open to <see cref="Roles.Silo"/> alone: then the deed it serves has the entry.
/// A refusal is in the trail always.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowedToAttribute(Roles roles) : Attribute
{
    public Roles Roles { get; } = roles;

    /// <summary>It changes nothing and shows no picture, sound or trail.</summary>
    public bool Query { get; init; }

    /// <summary>It is done while the database is away, too: from what grains know, and by the journal. All else is refused meanwhile.</summary>
    public bool WhileAway { get; init; }
}
