using System.Security.Cryptography;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>Every recording's key, and nowhere else (V5): wrapped by the key of its expiry day, and all of that sealed.</summary>
/// <remarks>
/// Erasing rewrites the ring under a new sealing key and destroys the old one, so a stolen copy of an older ring opens
/// nothing any more. Safe to use from several threads.
/// </remarks>
internal sealed class KeyRing : IDisposable
{
    private readonly KeyRingFile file;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly RingContent content;

    public KeyRing(KeyRingFile file, TimeProvider clock)
    {
        this.file = file;
        this.clock = clock;
        content = file.Open();
    }

    /// <summary>Opens the ring of a vault, or makes the first one where there is neither ring nor part.</summary>
    /// <exception cref="RecordingClusterException">DataLoss: parts are there and their ring is not, or it does not open.</exception>
    public static KeyRing Open(VaultOptions options, TimeProvider clock)
    {
        var file = new KeyRingFile(options.KeyFolder, SealingCredential.Find());
        if (!file.Exists && Directory.Exists(options.Folder) && Directory.EnumerateFiles(options.Folder, $"*{FileVault.PartExtension}").Any())
        {
            throw new RecordingClusterException(
                ErrorKind.DataLoss,
                $"The vault {options.Folder} holds parts and the key folder {options.KeyFolder} has no ring. A new ring would open none of them. "
                + "Bring the key folder back; or, to give up all recordings, move the vault folder away.");
        }

        return new KeyRing(file, clock);
    }

    /// <summary>Grows each time that keys are destroyed, for one recording or for several at once; a time that failed half-way leaves its number out.</summary>
    public long Generation
    {
        get
        {
            lock (gate)
            {
                return content.Generation;
            }
        }
    }

    public bool Has(RecordingId recording)
    {
        lock (gate)
        {
            return content.Keys.ContainsKey(recording);
        }
    }

    /// <summary>The recording's key and its id; null when it has none (any more). The caller disposes of the key.</summary>
    public (Guid Id, SecretKey Key)? Find(RecordingId recording)
    {
        lock (gate)
        {
            return content.Find(recording);
        }
    }

    /// <summary>The recording's key, made when it has none yet. It is in the ring on disk when this returns.</summary>
    public (Guid Id, SecretKey Key) FindOrAdd(RecordingId recording, DateTimeOffset expiresAt)
    {
        lock (gate)
        {
            if (Find(recording) is { } known)
            {
                return known;
            }

            var day = DateOnly.FromDateTime(expiresAt.UtcDateTime);
            if (!content.Days.TryGetValue(day, out var dayKey))
            {
                content.Days[day] = dayKey = SecretKey.NewRandom();
            }

            var key = SecretKey.NewRandom();
            var wrapped = Wrap(recording, key, day, dayKey);
            content.Keys[recording] = wrapped;
            try
            {
                file.Write(content);
            }
            catch
            {
                content.Keys.Remove(recording);
                key.Dispose();
                throw;
            }

            return (wrapped.Id, key);
        }
    }

    /// <summary>Destroys keys, and the keys of days that have passed and hold no recording any more. One rewrite for all.</summary>
    public void Remove(params IReadOnlyCollection<RecordingId> recordings)
    {
        lock (gate)
        {
            var removed = recordings.Where(content.Keys.ContainsKey).Distinct().ToDictionary(recording => recording, recording => content.Keys[recording]);
            if (removed.Count == 0)
            {
                return;
            }

            foreach (var recording in removed.Keys)
            {
                content.Keys.Remove(recording);
            }

            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            var passed = content.Days.Where(day => day.Key < today && content.Keys.Values.All(key => key.Day != day.Key)).ToList();
            foreach (var (day, _) in passed)
            {
                content.Days.Remove(day);
            }

            try
            {
                file.WriteNextGeneration(content);
            }
            catch
            {
                // What is not gone from the disk is not gone: the next attempt must find it and write again.
                foreach (var (recording, wrapped) in removed)
                {
                    content.Keys[recording] = wrapped;
                }

                foreach (var (day, key) in passed)
                {
                    content.Days[day] = key;
                }

                throw;
            }

            foreach (var (_, key) in passed)
            {
                key.Dispose();
            }
        }
    }

    public void Dispose() => content.Dispose();

    internal static WrappedKey Wrap(RecordingId recording, SecretKey key, DateOnly day, SecretKey dayKey)
    {
        var bytes = new byte[WrappedKey.SizeInBytes];
        var nonce = bytes.AsSpan(0, WrappedKey.NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(dayKey.Bytes, PartCipher.TagBytes);
        cipher.Encrypt(nonce, key.Bytes, bytes.AsSpan(WrappedKey.NonceBytes, SecretKey.SizeInBytes), bytes.AsSpan(WrappedKey.NonceBytes + SecretKey.SizeInBytes), recording.Value.ToByteArray());
        return new WrappedKey(Guid.NewGuid(), day, bytes);
    }
}

/// <summary>A recording's key as it stands in the ring: nonce, sealed key, tag.</summary>
internal sealed record WrappedKey(Guid Id, DateOnly Day, byte[] Bytes)
{
    public const int NonceBytes = 12;

    public const int SizeInBytes = NonceBytes + SecretKey.SizeInBytes + PartCipher.TagBytes;
}

/// <summary>What the ring holds while it is open.</summary>
internal sealed class RingContent : IDisposable
{
    public long Generation { get; set; } = 1;

    public SecretKey Sealing { get; set; } = SecretKey.NewRandom();

    public Dictionary<DateOnly, SecretKey> Days { get; } = [];

    public Dictionary<RecordingId, WrappedKey> Keys { get; } = [];

    /// <summary>A recording's key and its id; null when it has none. The caller disposes of the key.</summary>
    public (Guid Id, SecretKey Key)? Find(RecordingId recording) => Keys.TryGetValue(recording, out var wrapped) ? (wrapped.Id, Unwrap(recording, wrapped)) : null;

    public void Dispose()
    {
        Sealing.Dispose();
        foreach (var day in Days.Values)
        {
            day.Dispose();
        }
    }

    private SecretKey Unwrap(RecordingId recording, WrappedKey wrapped)
    {
        Span<byte> plain = stackalloc byte[SecretKey.SizeInBytes];
        using var cipher = new AesGcm(Days[wrapped.Day].Bytes, PartCipher.TagBytes);
        try
        {
            cipher.Decrypt(
                wrapped.Bytes.AsSpan(0, WrappedKey.NonceBytes), wrapped.Bytes.AsSpan(WrappedKey.NonceBytes, SecretKey.SizeInBytes), wrapped.Bytes.AsSpan(WrappedKey.NonceBytes + SecretKey.SizeInBytes), plain, recording.Value.ToByteArray());
            return SecretKey.CopyOf(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
