using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Away;

namespace RecordingCluster.Silo.Identity;

/// <summary>Enrols passkeys, signs in with them, withdraws them.</summary>
internal sealed class KeyDesk(
    PeopleBook book, PeopleTrail trail, AdministratorsRequests requests, PeopleKey key, SignInManager<Person> signIn, UserManager<Person> users, TimeProvider clock)
{
    private const string Nobody = "unknown";

    /// <summary>What an invited person's key is to answer; null when the link does not open.</summary>
    public async Task<string?> InvitedOptions(string token, string? code)
    {
        if (await FindInvited(token, code) is { } person)
        {
            return await CreationOptions(person);
        }

        await RefuseLink();
        return null;
    }

    public Task<string> CreationOptions(Person person) =>
        signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = person.Subject, Name = person.Label, DisplayName = person.Label });

    public Task<string> RequestOptions() => signIn.MakePasskeyRequestOptionsAsync(null);

    /// <summary>Enrols a key by a link, which is used up by it.</summary>
    public async Task<PeopleRefusal?> Enrol(string token, string? code, string label, string credential)
    {
        if (await FindInvited(token, code) is not { } person)
        {
            await RefuseLink();
            return PeopleRefusal.LinkNotRight;
        }

        return await trail.Carry(person.ToString(), "people/enrol", person.Subject, new { key = label }, async () =>
        {
            if (await Attest(person, label, credential) is not { } passkey)
            {
                return PeopleRefusal.KeyNotRight;
            }

            // Key in and link out are one write: of two who use the link at once, one finds the row changed.
            person.Link = null;
            if (!(await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded)
            {
                return PeopleRefusal.ChangedMeanwhile;
            }

            foreach (var role in Enum.GetValues<Roles>().Where(role => (role & person.Roles & PeopleRules.NeverVacant) != 0))
            {
                key.KeepEnrolled(role);
            }

            return null;
        });
    }

    /// <summary>Enrols another key of a person who is signed in.</summary>
    public Task<PeopleRefusal?> Add(Caller by, string label, string credential) => trail.Carry(by.ToString(), "people/add-key", by.Subject, new { key = label }, async () =>
        await book.Find(by.Subject) is not { Active: true } person ? PeopleRefusal.NoSuchPerson
        : await Attest(person, label, credential) is not { } passkey ? PeopleRefusal.KeyNotRight
        : (await users.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded ? null
        : PeopleRefusal.ChangedMeanwhile);

    /// <summary>Withdraws a key of one's own, and ends all sessions: whoever has the lost key may be signed in with it.</summary>
    public Task<PeopleRefusal?> Withdraw(Caller by, string id) => trail.Carry(by.ToString(), "people/withdraw-key", by.Subject, new { }, async () =>
    {
        if (await book.Find(by.Subject) is not { Active: true } person || person.Passkeys.Find(passkey => passkey.Id == id) is not { } lost)
        {
            return PeopleRefusal.NoSuchKey;
        }

        if (person.Passkeys.Count == 1)
        {
            return PeopleRefusal.LastKey;
        }

        person.Passkeys.Remove(lost);
        await EndSessions(person);
        return null;
    });

    /// <summary>Ends all sessions of a person, in every browser, and what is being looked at in them.</summary>
    public Task<PeopleRefusal?> EndSessions(Caller by) => trail.Carry(by.ToString(), "people/sign-out-everywhere", by.Subject, new { }, async () =>
    {
        if (await book.Find(by.Subject) is not { } person)
        {
            return PeopleRefusal.NoSuchPerson;
        }

        await EndSessions(person);
        return null;
    });

    /// <summary>The person whose passkey signed the challenge of this browser; null when none did.</summary>
    /// <remarks>A row that was changed behind the silo's back is as if it were not there, so its passkey finds nobody.</remarks>
    public async Task<Person?> SignIn(string credential)
    {
        if (await Assert(credential) is not { } assertion || assertion.User is not { Active: true } person)
        {
            await trail.Note(Nobody, "people/sign-in", "people", AuditResult.Refused, new { reason = PeopleRefusal.KeyNotRight });
            return null;
        }

        var refusal = await trail.Carry(person.ToString(), "people/sign-in", person.Subject, new { }, async () =>
            (await users.AddOrUpdatePasskeyAsync(person, assertion.Passkey!)).Succeeded ? null : PeopleRefusal.ChangedMeanwhile);
        return refusal is null ? person : null;
    }

    private async Task EndSessions(Person person)
    {
        person.EndSessions();
        await book.Save(person);
        await requests.EndViewings(person.Subject);
    }

    // The person whom a one-time link stands for; null when it does not open (any more).
    private async Task<Person?> FindInvited(string token, string? code) =>
        await book.FindByLink(token) is { Active: true, Link: { } link } person && link.Opens(code, clock.GetUtcNow()) ? person : null;

    private Task<long> RefuseLink() => trail.Note(Nobody, "people/enrol", "people", AuditResult.Refused, new { reason = PeopleRefusal.LinkNotRight });

    private async Task<UserPasskeyInfo?> Attest(Person person, string label, string credential)
    {
        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(credential);
            if (!result.Succeeded || result.UserEntity.Id != person.Subject || !result.Passkey.IsUserVerified)
            {
                return null;
            }

            result.Passkey.Name = label;
            return result.Passkey;
        }
        catch (Exception fault) when (IsOfTheBrowser(fault))
        {
            return null;
        }
    }

    private async Task<PasskeyAssertionResult<Person>?> Assert(string credential)
    {
        try
        {
            var result = await signIn.PerformPasskeyAssertionAsync(credential);
            return result is { Succeeded: true, Passkey.IsUserVerified: true } ? result : null;
        }
        catch (Exception fault) when (IsOfTheBrowser(fault))
        {
            return null;
        }
    }

    // Identity throws where the challenge's cookie is missing or the text is no credential. Both come from outside.
    private static bool IsOfTheBrowser(Exception fault) => fault is (InvalidOperationException or JsonException or PasskeyException or FormatException) && !DatabaseFault.IsIn(fault);
}
