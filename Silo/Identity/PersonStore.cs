using Microsoft.AspNetCore.Identity;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Identity;

/// <summary>What ASP.NET Core Identity reads and writes of a person: passkeys and the security stamp, and nothing else.</summary>
/// <remarks>
/// Identity's own tables for Entity Framework have columns for name, e-mail address, phone and password, and one row for
/// each role, which no single seal could cover. So the store is ours, on the sealed rows of <see cref="PeopleBook"/>.
/// </remarks>
internal sealed class PersonStore(PeopleBook book, TimeProvider clock) : IUserPasskeyStore<Person>, IUserSecurityStampStore<Person>
{
    public Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken) => book.Find(userId);

    /// <summary>People are found by subject or key, never by a name.</summary>
    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<Person?>(null);

    public Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => book.FindByKey(credentialId);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(key => key.ToInfo())]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId)?.ToInfo());

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        if (Find(user, passkey.CredentialId) is { } known)
        {
            known.SignCount = passkey.SignCount;
            known.IsBackedUp = passkey.IsBackedUp;
        }
        else
        {
            user.Passkeys.Add(Passkey.Of(user.Subject, WorkLabel.Checked(passkey.Name), passkey, clock.GetUtcNow()));
        }

        return Task.CompletedTask;
    }

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        user.Passkeys.RemoveAll(key => key.CredentialId.AsSpan().SequenceEqual(credentialId));
        return Task.CompletedTask;
    }

    public async Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken)
    {
        try
        {
            await book.Save(user);
            return IdentityResult.Success;
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.Conflict)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }
    }

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => UpdateAsync(user, cancellationToken);

    /// <summary>A subject is never given out again, so its row stays; see <see cref="Person.Active"/>.</summary>
    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw new NotSupportedException("A person is deactivated, never deleted.");

    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Subject);

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Subject);

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Subject);

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetSecurityStampAsync(Person user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Stamp);

    public Task SetSecurityStampAsync(Person user, string stamp, CancellationToken cancellationToken)
    {
        user.Stamp = stamp;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // The scope that made the tables disposes of them.
    }

    private static Passkey? Find(Person user, byte[] credentialId) => user.Passkeys.Find(key => key.CredentialId.AsSpan().SequenceEqual(credentialId));
}
