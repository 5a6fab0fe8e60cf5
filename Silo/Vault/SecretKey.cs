using System.Security.Cryptography;

namespace RecordingCluster.Silo.Vault;

/// <summary>A key of 256 bits. It cannot be printed, does not move in memory, stays out of swap where the system allows it, and is zeroed when it is let go.</summary>
internal sealed class SecretKey : IDisposable
{
    public const int SizeInBytes = 32;

    // Pinned: the collector would otherwise leave copies behind when it moves the array.
    private readonly byte[] bytes = GC.AllocateUninitializedArray<byte>(SizeInBytes, pinned: true);

    // Not unlocked afterwards: other keys share the page, and their pages are used again.
    private SecretKey() => ProcessMemory.TryLock(bytes);

    /// <summary>For the cipher only.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    public static SecretKey NewRandom()
    {
        var key = new SecretKey();
        RandomNumberGenerator.Fill(key.bytes);
        return key;
    }

    public static SecretKey CopyOf(ReadOnlySpan<byte> bytes)
    {
        var key = new SecretKey();
        bytes.CopyTo(key.bytes);
        return key;
    }

    /// <summary>A key out of a secret of any length.</summary>
    public static SecretKey DerivedFrom(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> purpose)
    {
        var key = new SecretKey();
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key.bytes, salt: [], purpose);
        return key;
    }

    /// <summary>A key of its own for one part: the recording's key and the part's salt give it (RFC 5869).</summary>
    public SecretKey Derive(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> purpose)
    {
        var key = new SecretKey();
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, key.bytes, salt, purpose);
        return key;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    public override string ToString() => "[key]";
}
