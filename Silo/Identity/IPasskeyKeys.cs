namespace RecordingCluster.Silo.Identity;

/// <summary>Public keys of people, for whoever checks a signature of theirs.</summary>
internal interface IPasskeyKeys
{
    /// <summary>The COSE public key of a person's passkey, and the roles the person has now; null unless the person is active and the seal over the row holds.</summary>
    Task<EnrolledKey?> Find(string subject, ReadOnlyMemory<byte> credentialId);

    /// <summary>The roles a person has now; none unless the person is active and the seal over the row holds.</summary>
    Task<GrainInterfaces.Callers.Roles> RolesOf(string subject);
}

/// <summary>A passkey as it stands in a sealed row.</summary>
internal sealed record EnrolledKey(string Subject, GrainInterfaces.Callers.Roles Roles, ReadOnlyMemory<byte> CosePublicKey, DateTimeOffset AddedAt);

/// <inheritdoc />
internal sealed class PasskeyKeys(IServiceScopeFactory scopes) : IPasskeyKeys
{
    public async Task<EnrolledKey?> Find(string subject, ReadOnlyMemory<byte> credentialId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PeopleBook>().Find(subject) is { Active: true } person
            && person.Passkeys.Find(key => key.CredentialId.AsSpan().SequenceEqual(credentialId.Span)) is { } passkey
                ? new EnrolledKey(subject, person.Roles, passkey.PublicKey, passkey.AddedAt)
                : null;
    }

    public async Task<GrainInterfaces.Callers.Roles> RolesOf(string subject)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PeopleBook>().Find(subject) is { Active: true } person ? person.Roles : GrainInterfaces.Callers.Roles.None;
    }
}
