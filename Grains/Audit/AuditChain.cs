using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Grains.Audit;

/// <summary>How entries hang together: each hash covers the entry's facts and the hash before it.</summary>
public static class AuditChain
{
    /// <summary>What the first entry follows.</summary>
    public static readonly string Beginning = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Puts a note at the end of the chain.</summary>
    public static AuditRecord Next(AuditRecord? last, AuditNote note, DateTimeOffset at)
    {
        var entry = new AuditRecord(
            (last?.Number ?? 0) + 1, at, note.Actor, note.Deed, note.Subject, note.Origin, note.Result, note.Opening, note.Detail, last?.Hash ?? Beginning, "");
        return entry with { Hash = HashOf(entry) };
    }

    /// <summary>Whether an entry is unchanged and follows the one before it.</summary>
    public static bool Follows(AuditRecord? before, AuditRecord entry) =>
        entry.Number == (before?.Number ?? 0) + 1
        && entry.Previous == (before?.Hash ?? Beginning)
        && entry.Hash == HashOf(entry);

    private static string HashOf(AuditRecord entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, entry.Number.ToString(CultureInfo.InvariantCulture));
        Add(hash, entry.At.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));
        Add(hash, entry.Actor);
        Add(hash, entry.Deed);
        Add(hash, entry.Subject);
        Add(hash, entry.Origin);
        Add(hash, entry.Result.ToString());
        Add(hash, entry.Opening?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add(hash, entry.Detail);
        Add(hash, entry.Previous);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each field goes in with its length before it, so that no text can move from one field to the next unseen.
    private static void Add(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
