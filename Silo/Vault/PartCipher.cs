using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RecordingCluster.Silo.Vault;

/// <summary>Seals and opens the records of one part with AES-256-GCM (V1).</summary>
/// <remarks>
/// A nonce is kind, piece (facts or payload) and sequence. The key is the part's own, and a part holds each kind and
/// sequence once: the writer counts and never goes back, and the closing record of a recovery says nothing but the count
/// that is in its nonce, so writing it twice writes the same bytes.
/// </remarks>
internal sealed class PartCipher : IDisposable
{
    public const int TagBytes = 16;
    public const int SealedFactsBytes = FragmentFacts.SizeInBytes + TagBytes;

    private const int NonceBytes = 12;

    private readonly AesGcm cipher;
    private readonly byte[] headerDigest;

    public PartCipher(SecretKey recordingKey, PartHeader header)
    {
        using var key = recordingKey.Derive(header.Salt.Span, "recording-cluster part 1"u8);
        cipher = new AesGcm(key.Bytes, TagBytes);
        headerDigest = header.Digest.ToArray();
    }

    /// <summary>Writes frame, sealed facts and sealed payload into <paramref name="record"/>, which has exactly their size.</summary>
    public void Seal(RecordFrame frame, ReadOnlySpan<byte> facts, ReadOnlySpan<byte> payload, Span<byte> record)
    {
        frame.Write(record);
        Span<byte> bound = stackalloc byte[SHA256.HashSizeInBytes + RecordFrame.SizeInBytes];
        Bind(record[..RecordFrame.SizeInBytes], bound);
        var sealedFacts = record.Slice(RecordFrame.SizeInBytes, SealedFactsBytes);
        var sealedPayload = record[(RecordFrame.SizeInBytes + SealedFactsBytes)..];
        Span<byte> nonce = stackalloc byte[NonceBytes];
        cipher.Encrypt(Nonce(frame, 0, nonce), facts, sealedFacts[..^TagBytes], sealedFacts[^TagBytes..], bound);
        cipher.Encrypt(Nonce(frame, 1, nonce), payload, sealedPayload[..^TagBytes], sealedPayload[^TagBytes..], bound);
    }

    /// <summary>False when frame or facts are not what was sealed.</summary>
    public bool TryOpenFacts(RecordFrame frame, ReadOnlySpan<byte> sealedFacts, Span<byte> facts) => TryOpen(frame, 0, sealedFacts, facts);

    /// <summary>False when frame or payload are not what was sealed.</summary>
    public bool TryOpenPayload(RecordFrame frame, ReadOnlySpan<byte> sealedPayload, Span<byte> payload) => TryOpen(frame, 1, sealedPayload, payload);

    public void Dispose() => cipher.Dispose();

    private bool TryOpen(RecordFrame frame, byte piece, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        Span<byte> plainFrame = stackalloc byte[RecordFrame.SizeInBytes];
        frame.Write(plainFrame);
        Span<byte> bound = stackalloc byte[SHA256.HashSizeInBytes + RecordFrame.SizeInBytes];
        Bind(plainFrame, bound);
        Span<byte> nonce = stackalloc byte[NonceBytes];
        try
        {
            cipher.Decrypt(Nonce(frame, piece, nonce), sealedBytes[..^TagBytes], sealedBytes[^TagBytes..], plain, bound);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // Header and frame are authenticated by every seal (V2).
    private void Bind(ReadOnlySpan<byte> frame, Span<byte> bound)
    {
        headerDigest.CopyTo(bound);
        frame.CopyTo(bound[SHA256.HashSizeInBytes..]);
    }

    private static ReadOnlySpan<byte> Nonce(RecordFrame frame, byte piece, Span<byte> nonce)
    {
        nonce.Clear();
        nonce[0] = (byte)frame.Kind;
        nonce[1] = piece;
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], frame.Sequence);
        return nonce;
    }
}
