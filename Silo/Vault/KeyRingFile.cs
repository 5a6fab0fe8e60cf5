using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>The ring on disk: a file <c>ring</c> and the sealing key of its generation beside it.</summary>
/// <remarks>At every moment the folder holds a ring and the sealing key that opens it; a crash at any step leaves it so.</remarks>
internal sealed class KeyRingFile(string folder, IReadOnlyList<SecretKey> credentials, Action<string>? step = null)
{
    // Magic 8 and generation 8, both plain and authenticated; then nonce 12, sealed content, tag 16.
    private const int PlainBytes = 16;
    private const int NonceBytes = 12;

    // A day of a large town hall is some hundred recordings of 96 bytes; fourteen days of a hundred halls stay below this.
    private const int MostBytes = 64 << 20;

    // A reader beside the silo may look between a new ring and its key; erasures are seconds apart at most.
    private const int LooksForStatus = 5;

    private readonly SealingKeyFile sealing = new(folder, credentials);

    private long lastTried;

    private static ReadOnlySpan<byte> Magic => "RCRING\r\n"u8;

    private string RingPath => Path.Combine(folder, "ring");

    /// <summary>Whether there is a ring here already.</summary>
    public bool Exists => File.Exists(RingPath);

    /// <summary>Opens the ring, or makes the first one in an empty folder. Clears what a crash left behind.</summary>
    /// <exception cref="RecordingClusterException">DataLoss: there is a ring and it does not open.</exception>
    public RingContent Open()
    {
        DurableFile.MakeFolder(folder);
        var (content, isCurrent) = Exists ? Read() : (First(), true);
        DestroyLeftovers(content.Generation);
        if (!isCurrent)
        {
            // The credential is new: the sealing key that it does not wrap yet is replaced and destroyed.
            WriteNextGeneration(content);
        }

        return content;
    }

    /// <summary>How the ring stands. Only reads, so that it may run beside the silo.</summary>
    /// <exception cref="RecordingClusterException">NotFound: there is no ring. DataLoss: it does not open.</exception>
    public KeyRingStatus Status()
    {
        using var content = Look();
        var days = content.Keys.Values.GroupBy(key => key.Day).Select(day => (day.Key, day.Count())).Concat(content.Days.Keys.Where(day => content.Keys.Values.All(key => key.Day != day)).Select(day => (day, 0)));
        return new KeyRingStatus(content.Generation, sealing.IsWrapped(content.Generation), [.. days.Order()]);
    }

    /// <summary>The ring as it is now, to be read and disposed of. Changes nothing, so that it may run beside the silo.</summary>
    /// <exception cref="RecordingClusterException">NotFound: there is no ring. DataLoss: it does not open.</exception>
    public RingContent Look()
    {
        if (!Exists)
        {
            throw new RecordingClusterException(ErrorKind.NotFound, $"There is no key ring in {folder}. The silo makes it at its first start; name its folder by --Storage:Folder=….");
        }

        for (var look = 1; ; look++)
        {
            try
            {
                return Read().Content;
            }
            catch (RecordingClusterException) when (look < LooksForStatus)
            {
                // The silo has just replaced it.
            }
        }
    }

    /// <summary>Replaces the ring under the sealing key that it has.</summary>
    public void Write(RingContent content)
    {
        var bytes = Seal(content);
        try
        {
            step?.Invoke("before the ring is replaced");
            DurableFile.Replace(RingPath, bytes);
            step?.Invoke("after the ring is replaced");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Replaces the ring under a new sealing key, and destroys the old one.</summary>
    public void WriteNextGeneration(RingContent content)
    {
        var (old, oldGeneration) = (content.Sealing, content.Generation);

        // A number is used once. After a failure the ring on disk may be the old one or the new one, and the sealing key
        // that opens it must not be written over.
        lastTried = Math.Max(lastTried, content.Generation) + 1;
        var next = SecretKey.NewRandom();
        try
        {
            step?.Invoke("before the new sealing key is written");
            sealing.Write(lastTried, next);
            Posix.FlushFolder(folder);
            step?.Invoke("after the new sealing key is written");
            (content.Sealing, content.Generation) = (next, lastTried);
            Write(content);
        }
        catch
        {
            // Goes on with the sealing key that is on disk for certain.
            (content.Sealing, content.Generation) = (old, oldGeneration);
            next.Dispose();
            throw;
        }

        old.Dispose();
        DestroyLeftovers(content.Generation);
        step?.Invoke("after the old sealing key is destroyed");
    }

    // What a crash or a failing disk left, and every sealing key but the ring's.
    private void DestroyLeftovers(long generation)
    {
        foreach (var file in Directory.EnumerateFiles(folder).ToList())
        {
            var name = Path.GetFileName(file);
            if (name.EndsWith(DurableFile.FreshSuffix, StringComparison.Ordinal) || (name.StartsWith(SealingKeyFile.Prefix, StringComparison.Ordinal) && file != sealing.PathOf(generation)))
            {
                FileShredder.Destroy(file);
            }
        }

        Posix.FlushFolder(folder);
    }

    private RingContent First()
    {
        var content = new RingContent();
        sealing.Write(content.Generation, content.Sealing);
        Posix.FlushFolder(folder);
        Write(content);
        return content;
    }

    private (RingContent Content, bool IsCurrent) Read()
    {
        var bytes = DurableFile.Read(RingPath, MostBytes);
        if (bytes is null || bytes.Length < PlainBytes + NonceBytes + PartCipher.TagBytes || !bytes.AsSpan().StartsWith(Magic))
        {
            throw DoesNotOpen("it does not begin as a ring does, or is cut off");
        }

        var generation = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Magic.Length));
        var (key, isCurrent, fault) = sealing.Read(generation);
        if (key is null)
        {
            throw DoesNotOpen(fault!);
        }

        var body = GC.AllocateUninitializedArray<byte>(bytes.Length - PlainBytes - NonceBytes - PartCipher.TagBytes, pinned: true);
        try
        {
            using var cipher = new AesGcm(key.Bytes, PartCipher.TagBytes);
            cipher.Decrypt(bytes.AsSpan(PlainBytes, NonceBytes), bytes.AsSpan(PlainBytes + NonceBytes, body.Length), bytes.AsSpan(^PartCipher.TagBytes..), body, bytes.AsSpan(0, PlainBytes));
            return (ReadBody(body, generation, key), isCurrent);
        }
        catch (AuthenticationTagMismatchException)
        {
            key.Dispose();
            throw DoesNotOpen("it is not what was sealed");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    private static byte[] Seal(RingContent content)
    {
        var body = WriteBody(content);
        var bytes = new byte[PlainBytes + NonceBytes + body.Length + PartCipher.TagBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(Magic.Length), content.Generation);
        RandomNumberGenerator.Fill(bytes.AsSpan(PlainBytes, NonceBytes));
        using var cipher = new AesGcm(content.Sealing.Bytes, PartCipher.TagBytes);
        cipher.Encrypt(bytes.AsSpan(PlainBytes, NonceBytes), body, bytes.AsSpan(PlainBytes + NonceBytes, body.Length), bytes.AsSpan(^PartCipher.TagBytes..), bytes.AsSpan(0, PlainBytes));
        CryptographicOperations.ZeroMemory(body);
        return bytes;
    }

    private static byte[] WriteBody(RingContent content)
    {
        // Of the right size from the start: a buffer that grows leaves copies of day keys behind, which nobody zeroes.
        var body = GC.AllocateArray<byte>(
            (2 * sizeof(int)) + (content.Days.Count * (sizeof(int) + SecretKey.SizeInBytes)) + (content.Keys.Count * (16 + 16 + sizeof(int) + WrappedKey.SizeInBytes)), pinned: true);
        using var buffer = new MemoryStream(body);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(content.Days.Count);
        foreach (var (day, key) in content.Days)
        {
            writer.Write(day.DayNumber);
            writer.Write(key.Bytes);
        }

        writer.Write(content.Keys.Count);
        foreach (var (recording, wrapped) in content.Keys)
        {
            writer.Write(recording.Value.ToByteArray());
            writer.Write(wrapped.Id.ToByteArray());
            writer.Write(wrapped.Day.DayNumber);
            writer.Write(wrapped.Bytes);
        }

        writer.Flush();
        return body;
    }

    private static RingContent ReadBody(byte[] body, long generation, SecretKey sealing)
    {
        using var reader = new BinaryReader(new MemoryStream(body), Encoding.UTF8);
        var content = new RingContent();
        content.Sealing.Dispose();
        content.Sealing = sealing;
        content.Generation = generation;
        for (var days = reader.ReadInt32(); days > 0; days--)
        {
            var day = DateOnly.FromDayNumber(reader.ReadInt32());
            var key = reader.ReadBytes(SecretKey.SizeInBytes);
            content.Days[day] = SecretKey.CopyOf(key);
            CryptographicOperations.ZeroMemory(key);
        }

        for (var keys = reader.ReadInt32(); keys > 0; keys--)
        {
            var recording = new RecordingId(new Guid(reader.ReadBytes(16)));
            content.Keys[recording] = new WrappedKey(new Guid(reader.ReadBytes(16)), DateOnly.FromDayNumber(reader.ReadInt32()), reader.ReadBytes(WrappedKey.SizeInBytes));
        }

        return content;
    }

    private RecordingClusterException DoesNotOpen(string why) => new(
        ErrorKind.DataLoss,
        $"The key ring {RingPath} does not open: {why}. There is no other copy, by design: without it no recording can be read. "
        + "Keep the folder as it is and call for help; to begin anew, and give up all recordings, move key folder and vault folder away.");
}
