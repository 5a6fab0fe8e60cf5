using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RecordingCluster.Silo.Identity;

/// <summary>Seals a person and a proposal over all that is stored of them, so that no row can be made or changed behind the silo's back.</summary>
/// <remarks>
/// It withstands whoever owns the database and not the silo's machine: no row of theirs has a seal that holds, and no
/// part of one row (a passkey, a role, a link) can be put into another, since subject and all parts lie under one seal.
/// It does not withstand:
/// an older row put back as it was, with its seal, after the silo was started anew. While it runs, the silo knows the
/// newest revision it has seen of each person and refuses an older one; so take a role away, and a copy of the row from
/// before gives it back only across a restart, and the trail then shows the taking without a giving;
/// a row that is deleted, which keeps somebody out and lets nobody in;
/// whoever can read the silo's key folder or its memory.
/// </remarks>
internal sealed class PeopleSeal(PeopleKey key)
{
    // A municipality has some hundred people; more subjects than these are not in the table.
    private readonly ConcurrentDictionary<string, long> newest = new();

    public void Close(Person person) => person.Seal = key.Hmac(Content(person));

    public void Close(Proposal proposal) => proposal.Seal = key.Hmac(Content(proposal));

    public bool Holds(Person person) => CryptographicOperations.FixedTimeEquals(person.Seal, key.Hmac(Content(person)));

    public bool Holds(Proposal proposal) => CryptographicOperations.FixedTimeEquals(proposal.Seal, key.Hmac(Content(proposal)));

    /// <summary>Whether a row whose seal holds is older than one that was seen before.</summary>
    public bool IsOld(Person person) => newest.TryGetValue(person.Subject, out var seen) && person.Revision < seen;

    /// <summary>Call it only for what is committed.</summary>
    public void Saw(Person person) => newest.AddOrUpdate(person.Subject, person.Revision, (_, seen) => Math.Max(seen, person.Revision));

    private static byte[] Content(Person person)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8); // each text and array goes in with its length before it
        writer.Write("person 1");
        writer.Write(person.Subject);
        writer.Write(person.Label);
        writer.Write((int)person.Roles);
        writer.Write(person.Active);
        writer.Write(person.Stamp);
        writer.Write(person.Revision);
        writer.Write(person.MadeAt.UtcTicks);
        writer.Write(person.Link is not null);
        if (person.Link is { } link)
        {
            Write(writer, link.Digest);
            Write(writer, link.CodeDigest);
            writer.Write(link.ExpiresAt.UtcTicks);
        }

        writer.Write(person.Passkeys.Count);
        foreach (var passkey in person.Passkeys.OrderBy(passkey => passkey.Id, StringComparer.Ordinal))
        {
            Write(writer, passkey.CredentialId);
            writer.Write(passkey.Subject);
            writer.Write(passkey.Label);
            Write(writer, passkey.PublicKey);
            writer.Write(passkey.SignCount);
            writer.Write(passkey.Transports);
            writer.Write(passkey.IsBackupEligible);
            writer.Write(passkey.IsBackedUp);
            writer.Write(passkey.AddedAt.UtcTicks);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static byte[] Content(Proposal proposal)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write("proposal 1");
        Write(writer, proposal.Id.ToByteArray());
        writer.Write(proposal.By);
        writer.Write(JsonSerializer.Serialize(proposal.Change));
        writer.Write(proposal.ExpiresAt.UtcTicks);
        Write(writer, proposal.CodeDigest);
        writer.Write(JsonSerializer.Serialize(proposal.Phase));
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Write(BinaryWriter writer, byte[]? field)
    {
        writer.Write(field?.Length ?? -1);
        writer.Write(field ?? []);
    }
}
