using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>How entries hang together: each hash covers the entry's facts and the hash before it.</summary>
/// <remarks>
/// SHA-256 over the fields in the order number, time, actor, deed, subject, origin, result, opening, detail, previous, trace,
/// as UTF-8, each with its length before it in four bytes, the highest first. The time is written as
/// <c>2026-11-23T09:00:00.0000000+00:00</c>; what an entry does not have is empty; an empty trace is left out, as in entries from
/// before there were traces.
/// </remarks>
public static class AuditChain
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'";

    /// <summary>What the first entry follows.</summary>
    public static readonly string Beginning = new('0', 2 * SHA256.HashSizeInBytes);

    // An entry is about a kilobyte. Each thread keeps one buffer: a check goes through millions.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>Puts a note at the end of the chain.</summary>
    public static AuditRecord Next(AuditRecord? last, AuditNote note, DateTimeOffset at)
    {
        var entry = new AuditRecord(
            (last?.Number ?? 0) + 1, at, Kept(note.Actor), Kept(note.Deed), Kept(note.Subject), Kept(note.Origin), note.Result, note.Opening, Kept(note.Detail), Kept(note.Trace), last?.Hash ?? Beginning, "");
        return entry with { Hash = HashOf(entry) };
    }

    // PostgreSQL keeps no zero in a text. A caller can send one in a key, and must not by it keep the trail from being written.
    private static string Kept(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>Whether an entry is unchanged and follows the one before it.</summary>
    public static bool Follows(AuditRecord? before, AuditRecord entry) => FaultOf(before, entry) is null;

    /// <summary>What is wrong with an entry that should follow the one before it; null when nothing is.</summary>
    public static string? FaultOf(AuditRecord? before, AuditRecord entry) => FaultOf(before, entry, HashOf(entry));

    /// <summary>As above, where the hash of the entry's fields is known already.</summary>
    public static string? FaultOf(AuditRecord? before, AuditRecord entry, string hash) =>
        entry.Number != (before?.Number ?? 0) + 1 ? $"stands where entry {(before?.Number ?? 0) + 1} should"
        : entry.Previous != (before?.Hash ?? Beginning) ? "does not name the hash of the entry before it"
        : entry.Hash != hash ? "is not what was written: its hash is another"
        : null;

    /// <summary>The hash of an entry's fields, in lower-case hexadecimal.</summary>
    public static string HashOf(AuditRecord entry)
    {
        var bytes = buffer ??= new ArrayBufferWriter<byte>(4096);
        bytes.ResetWrittenCount();
        Add<long>(bytes, entry.Number);
        Add<DateTime>(bytes, entry.At.UtcDateTime, TimeFormat);
        Add(bytes, entry.Actor);
        Add(bytes, entry.Deed);
        Add(bytes, entry.Subject);
        Add(bytes, entry.Origin);
        Add(bytes, entry.Result.ToString());
        Add(bytes, entry.Opening);
        Add(bytes, entry.Detail);
        Add(bytes, entry.Previous);
        if (entry.Trace.Length > 0)
        {
            Add(bytes, entry.Trace);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    // Each field goes in with its length before it, so that no text can move from one field to the next unseen.
    private static void Add(ArrayBufferWriter<byte> bytes, ReadOnlySpan<char> field)
    {
        var span = bytes.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(field.Length));
        Finish(bytes, span, Encoding.UTF8.GetBytes(field, span[sizeof(int)..]));
    }

    private static void Add<T>(ArrayBufferWriter<byte> bytes, T? field, string? format = null)
        where T : struct, IUtf8SpanFormattable
    {
        var span = bytes.GetSpan(sizeof(int) + 64); // the longest is a time, of 33
        var length = 0;
        field?.TryFormat(span[sizeof(int)..], out length, format, CultureInfo.InvariantCulture);
        Finish(bytes, span, length);
    }

    private static void Finish(ArrayBufferWriter<byte> bytes, Span<byte> span, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        bytes.Advance(sizeof(int) + length);
    }
}
