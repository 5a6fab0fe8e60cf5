using System.Buffers.Binary;

namespace RecordingCluster.Silo.Vault;

/// <summary>What a record of a part is.</summary>
internal enum RecordKind : byte
{
    /// <summary>ftyp and moov, once and first.</summary>
    Init = 1,

    /// <summary>One moof and mdat.</summary>
    Fragment = 2,

    /// <summary>The writer ended the part on purpose.</summary>
    Closed = 3,

    /// <summary>A start after a crash ended it.</summary>
    Recovered = 4,
}

/// <summary>The plain bytes before each record: what it is, which one, and how long. Every seal covers them.</summary>
internal readonly record struct RecordFrame(RecordKind Kind, uint Sequence, int PayloadBytes)
{
    public const int SizeInBytes = 16;

    // A GOP of at most 4 s at 32 Mbit/s with its sound is 16 MB; four times that leaves room for a camera's whims.
    public const int MostPayloadBytes = 64 << 20;

    /// <summary>Begins every record; lets a search find the next one behind damage.</summary>
    public static ReadOnlySpan<byte> Magic => "RCF1"u8;

    /// <summary>Bytes of the whole record: frame, sealed facts, sealed payload.</summary>
    public int RecordBytes => SizeInBytes + PartCipher.SealedFactsBytes + PayloadBytes + PartCipher.TagBytes;

    public void Write(Span<byte> to)
    {
        Magic.CopyTo(to);
        to[4] = (byte)Kind;
        to[5..8].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(to[12..], PayloadBytes);
    }

    /// <summary>False for bytes that cannot be a frame; nothing is allocated on their word.</summary>
    public static bool TryRead(ReadOnlySpan<byte> from, out RecordFrame frame)
    {
        frame = default;
        if (from.Length < SizeInBytes || !from.StartsWith(Magic) || from[5..8].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var kind = (RecordKind)from[4];
        var payload = BinaryPrimitives.ReadInt32BigEndian(from[12..]);
        frame = new RecordFrame(kind, BinaryPrimitives.ReadUInt32BigEndian(from[8..]), payload);
        return Enum.IsDefined(kind) && payload is >= 0 and <= MostPayloadBytes;
    }
}
