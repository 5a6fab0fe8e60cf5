using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace RecordingCluster.Silo.Vault;

/// <summary>The files <c>sealing-N</c>: the sealing key of generation N, plain, or wrapped by the system's credential.</summary>
/// <param name="folder">The key folder.</param>
/// <param name="credentials">The credential, and the one before it; none for plain files.</param>
internal sealed class SealingKeyFile(string folder, IReadOnlyList<SecretKey> credentials)
{
    private const int NonceBytes = 12;
    private const int WrappedBytes = NonceBytes + SecretKey.SizeInBytes + PartCipher.TagBytes;

    public const string Prefix = "sealing-";

    public string PathOf(long generation) => Path.Combine(folder, Prefix + generation.ToString(CultureInfo.InvariantCulture));

    public void Write(long generation, SecretKey key)
    {
        Span<byte> bytes = stackalloc byte[WrappedBytes];
        if (credentials is [var credential, ..])
        {
            RandomNumberGenerator.Fill(bytes[..NonceBytes]);
            using var cipher = new AesGcm(credential.Bytes, PartCipher.TagBytes);
            cipher.Encrypt(bytes[..NonceBytes], key.Bytes, bytes[NonceBytes..^PartCipher.TagBytes], bytes[^PartCipher.TagBytes..], Bound(generation));
        }
        else
        {
            key.Bytes.CopyTo(bytes);
            bytes = bytes[..SecretKey.SizeInBytes];
        }

        DurableFile.Write(PathOf(generation), bytes);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>The key, and whether it is kept as it would be written now; or why there is none.</summary>
    public (SecretKey? Key, bool IsCurrent, string? Fault) Read(long generation)
    {
        var path = PathOf(generation);
        var bytes = File.Exists(path) ? DurableFile.Read(path, WrappedBytes) : null;
        try
        {
            return bytes?.Length switch
            {
                SecretKey.SizeInBytes => (SecretKey.CopyOf(bytes), credentials.Count == 0, null),
                WrappedBytes when credentials.Count == 0 => (null, false, $"its sealing key {Path.GetFileName(path)} is wrapped by the system's credential, which was not given (systemd: LoadCredentialEncrypted=sealing)"),
                WrappedBytes => Unwrap(bytes, generation),
                _ => (null, false, $"its sealing key {Path.GetFileName(path)} is not beside it"),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public bool IsWrapped(long generation) => new FileInfo(PathOf(generation)) is { Exists: true, Length: WrappedBytes };

    private (SecretKey? Key, bool IsCurrent, string? Fault) Unwrap(ReadOnlySpan<byte> bytes, long generation)
    {
        Span<byte> plain = stackalloc byte[SecretKey.SizeInBytes];
        foreach (var credential in credentials)
        {
            using var cipher = new AesGcm(credential.Bytes, PartCipher.TagBytes);
            try
            {
                cipher.Decrypt(bytes[..NonceBytes], bytes[NonceBytes..^PartCipher.TagBytes], bytes[^PartCipher.TagBytes..], plain, Bound(generation));
                return (SecretKey.CopyOf(plain), credential == credentials[0], null);
            }
            catch (AuthenticationTagMismatchException)
            {
                // The one before, perhaps.
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
            }
        }

        return (null, false, "the system's credential is another than the one that wrapped its sealing key; give that one as sealing-before");
    }

    private static byte[] Bound(long generation)
    {
        var bound = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bound, generation);
        return bound;
    }
}
