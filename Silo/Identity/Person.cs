using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Silo.Identity;

/// <summary>Somebody who may sign in: an opaque subject, a word for the work, roles, and the passkeys that prove who it is.</summary>
/// <remarks>
/// No name, e-mail address, phone number or password: the municipality resolves a subject to a name elsewhere (R19).
/// Nothing here is believed until the seal over all of it was checked (<see cref="PeopleSeal"/>).
/// </remarks>
internal sealed class Person
{
    public required string Subject { get; init; }

    /// <summary>What the portal shows, such as <c>camerabeheerder-2</c>. It names a desk, never a person.</summary>
    public required string Label { get; init; }

    public Roles Roles { get; set; }

    /// <summary>False once somebody has left: the row stays, so that the subject is never given out again.</summary>
    public bool Active { get; set; } = true;

    /// <summary>A session holds as long as this is what it was when the session began.</summary>
    public required string Stamp { get; set; }

    /// <summary>Grows with each change, so that two writers find out about each other and an older row can be told.</summary>
    public long Revision { get; set; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>The one link that is open for a new key; a newer one takes its place.</summary>
    public OneTimeLink? Link { get; set; }

    public List<Passkey> Passkeys { get; init; } = [];

    public byte[] Seal { get; set; } = [];

    public PersonFacts Facts => new(Subject, Roles, Active, [.. Passkeys.Select(key => key.Id)]);

    public static Person New(string label, Roles roles, DateTimeOffset now) => new()
    {
        Subject = $"usr_{Guid.CreateVersion7(now):N}",
        Label = WorkLabel.Checked(label),
        Roles = roles,
        Stamp = Secret.New(),
        MadeAt = now,
    };

    /// <summary>Ends every open session of this person at its next request.</summary>
    public void EndSessions() => Stamp = Secret.New();

    public override string ToString() => $"{Subject} ({Roles})";
}

/// <summary>What the rules need to know of a person.</summary>
internal sealed record PersonFacts(string Subject, Roles Roles, bool Active, IReadOnlyList<string> Keys)
{
    /// <summary>Could sign in and act in the role now.</summary>
    public bool IsInPlaceAs(Roles role) => Active && Keys.Count > 0 && (Roles & role) != 0;
}
