using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Silo.Vault;

/// <summary>The ring on disk: a file <c>ring</c> and the sealing key of its generation beside it.</summary>
/// <remarks>At every moment the folder holds a ring and the sealing key that opens it; a crash at any step leaves it so.</remarks>
internal sealed class KeyRingFile(string folder, Action<string>? step = null)
{
    // Magic 8 and generation 8, both plain and authenticated; then nonce 12, sealed content, tag 16.
    private const int PlainBytes = 16;
    private const int NonceBytes = 12;

    // A day of a large town hall is some hundred recordings of 96 bytes; fourteen days of a hundred halls stay below this.
    private const int MostBytes = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "RCRING\r\n"u8;

    private string RingPath => Path.Combine(folder, "ring");

    /// <summary>Whether there is a ring here already.</summary>
    public bool Exists => File.Exists(RingPath);

    /// <summary>Opens the ring, or makes the first one in an empty folder. Clears what a crash left behind.</summary>
    /// <exception cref="RecordingClusterException">DataLoss: there is a ring and it does not open.</exception>
    public RingContent Open()
    {
        DurableFile.MakeFolder(folder);
        var content = Exists ? Read() : First();
        foreach (var leftover in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(leftover);
            if (name.EndsWith(".new", StringComparison.Ordinal) || (name.StartsWith("sealing-", StringComparison.Ordinal) && leftover != SealingPath(content.Generation)))
            {
                FileShredder.Destroy(leftover);
            }
        }

        Posix.FlushFolder(folder);
        return content;
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
        var old = content.Sealing;
        content.Sealing = SecretKey.NewRandom();
        content.Generation++;
        step?.Invoke("before the new sealing key is written");
        DurableFile.Write(SealingPath(content.Generation), content.Sealing.Bytes);
        Posix.FlushFolder(folder);
        step?.Invoke("after the new sealing key is written");
        Write(content);
        FileShredder.Destroy(SealingPath(content.Generation - 1));
        Posix.FlushFolder(folder);
        old.Dispose();
        step?.Invoke("after the old sealing key is destroyed");
    }

    private RingContent First()
    {
        var content = new RingContent();
        DurableFile.Write(SealingPath(content.Generation), content.Sealing.Bytes);
        Posix.FlushFolder(folder);
        Write(content);
        return content;
    }

    private RingContent Read()
    {
        var bytes = DurableFile.Read(RingPath, MostBytes);
        if (bytes is null || bytes.Length < PlainBytes + NonceBytes + PartCipher.TagBytes || !bytes.AsSpan().StartsWith(Magic))
        {
            throw DoesNotOpen("it does not begin as a ring does, or is cut off");
        }

        var generation = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(Magic.Length));
        var sealing = SealingPath(generation);
        if (!File.Exists(sealing) || DurableFile.Read(sealing, SecretKey.SizeInBytes) is not { Length: SecretKey.SizeInBytes } sealingBytes)
        {
            throw DoesNotOpen($"its sealing key {Path.GetFileName(sealing)} is not beside it");
        }

        var key = SecretKey.CopyOf(sealingBytes);
        CryptographicOperations.ZeroMemory(sealingBytes);
        var body = new byte[bytes.Length - PlainBytes - NonceBytes - PartCipher.TagBytes];
        try
        {
            using var cipher = new AesGcm(key.Bytes, PartCipher.TagBytes);
            cipher.Decrypt(bytes.AsSpan(PlainBytes, NonceBytes), bytes.AsSpan(PlainBytes + NonceBytes, body.Length), bytes.AsSpan(^PartCipher.TagBytes..), body, bytes.AsSpan(0, PlainBytes));
            return ReadBody(body, generation, key);
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
        using var buffer = new MemoryStream();
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
        var body = buffer.ToArray();
        CryptographicOperations.ZeroMemory(buffer.GetBuffer());
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

    private string SealingPath(long generation) => Path.Combine(folder, $"sealing-{generation.ToString(CultureInfo.InvariantCulture)}");

    private RecordingClusterException DoesNotOpen(string why) => new(
        ErrorKind.DataLoss,
        $"The key ring {RingPath} does not open: {why}. There is no other copy, by design: without it no recording can be read. "
        + "Keep the folder as it is and call for help; to begin anew, and give up all recordings, move key folder and vault folder away.");
}
