using Microsoft.Win32.SafeHandles;

namespace RecordingCluster.Silo.Vault;

/// <summary>Tells a torn tail, which a crash leaves and which was never acknowledged, from damage in the middle, which must not be cut away.</summary>
internal static class TornTail
{
    /// <summary>Where the sound records of an open part end.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">DataLoss: a sound record follows behind the damage.</exception>
    public static (long Offset, uint Sequence, int Fragments) EndOf(SafeFileHandle file, PartIndex index, PartCipher cipher, string name)
    {
        if (HasSoundRecord(file, index.EndOfRecords, cipher, name))
        {
            throw VaultError.Damaged(name, $"a record at byte {index.EndOfRecords} does not open, and sound ones follow it.");
        }

        // A crash may leave the length of the last record and not its bytes: its facts open and its payload does not.
        var last = index.Fragments.Count > 0 ? index.Fragments[^1] : index.Init;
        if (last is not null && !PayloadOpens(file, last, index, cipher, name))
        {
            return (last.Offset, (uint)last.Number, Math.Max(0, index.Fragments.Count - 1));
        }

        return (index.EndOfRecords, index.Init is null ? 0 : (uint)index.Fragments.Count + 1, index.Fragments.Count);
    }

    /// <summary>Whether a record's payload is what was sealed. Reads it, and keeps nothing of it.</summary>
    public static bool PayloadOpens(SafeFileHandle file, FragmentEntry last, PartIndex index, PartCipher cipher, string name)
    {
        var frame = new RecordFrame(last == index.Init ? RecordKind.Init : RecordKind.Fragment, (uint)last.Number, last.PayloadBytes);
        var sealedPayload = new byte[last.PayloadBytes + PartCipher.TagBytes];
        var offset = last.Offset + RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes;
        return PartFile.Read(file, sealedPayload, offset, name) == sealedPayload.Length && cipher.TryOpenPayload(frame, sealedPayload, new byte[last.PayloadBytes]);
    }

    // At most one record was under way at the crash, so this reads at most that much, unless there is damage.
    private static bool HasSoundRecord(SafeFileHandle file, long from, PartCipher cipher, string name)
    {
        var tail = new byte[Math.Min(RandomAccess.GetLength(file) - from, 2L * RecordFrame.MostPayloadBytes)];
        var read = PartFile.Read(file, tail, from, name);
        var rest = tail.AsSpan(0, read);
        Span<byte> facts = stackalloc byte[FragmentFacts.SizeInBytes];
        for (var at = rest.IndexOf(RecordFrame.Magic); at >= 0;)
        {
            rest = rest[at..];
            if (rest.Length >= RecordFrame.SizeInBytes + PartCipher.SealedFactsBytes
                && RecordFrame.TryRead(rest, out var frame)
                && frame.RecordBytes <= rest.Length
                && cipher.TryOpenFacts(frame, rest.Slice(RecordFrame.SizeInBytes, PartCipher.SealedFactsBytes), facts))
            {
                return true;
            }

            rest = rest[RecordFrame.Magic.Length..];
            at = rest.IndexOf(RecordFrame.Magic);
        }

        return false;
    }
}
