using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Silo.Vault;

/// <summary>The plain beginning of a part's file: enough to know, without any key, whose it is and when it must be gone (R10).</summary>
/// <param name="Opening">What was known when the part began.</param>
/// <param name="KeyId">The recording's key by id.</param>
/// <param name="Salt">Makes the part's own key out of the recording's.</param>
/// <param name="Digest">SHA-256 of all before it; every seal in the file covers it (V2).</param>
/// <param name="SizeInBytes">Where the first record begins.</param>
internal sealed record PartHeader(PartOpening Opening, Guid KeyId, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Digest, int SizeInBytes)
{
    // Fixed fields are some 150 bytes and five texts have at most 64 each; the rest is room for later versions.
    public const int MostBytes = 1024;

    private const int SaltBytes = 32;
    private const int MostTextBytes = 64;
    private const ushort Version = 3;

    // None of its parts is a copy.
    private const ushort VersionWithoutCopies = 2;

    // All of its parts have both: without sound nothing was recorded.
    private const ushort VersionWithoutTracks = 1;

    private static ReadOnlySpan<byte> Magic => "RCPART\r\n"u8;

    /// <summary>Writes a new header with a salt of its own.</summary>
    public static (PartHeader Header, byte[] Bytes) Create(PartOpening opening, Guid keyId)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((ushort)0); // the length, below
        writer.Write(opening.Part.Recording.Value.ToByteArray(bigEndian: true));
        writer.Write(opening.Part.Epoch);
        writer.Write(opening.Part.Number);
        writer.Write(opening.RecordingStartedAt.UtcTicks);
        writer.Write(opening.PartStartedAt.UtcTicks);
        writer.Write(opening.ExpiresAt.UtcTicks);
        writer.Write(keyId.ToByteArray(bigEndian: true));
        writer.Write(salt);
        WriteText(writer, opening.Site.Value);
        WriteText(writer, opening.Room.Value);
        WriteText(writer, opening.Camera.Value);
        WriteText(writer, opening.RegulationVersion);
        writer.Write((byte)opening.Tracks);
        WriteText(writer, opening.CopyOf ?? "");
        writer.Flush();

        var size = (int)buffer.Length + SHA256.HashSizeInBytes;
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.GetBuffer().AsSpan(Magic.Length + sizeof(ushort)), (ushort)size);
        var digest = SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        writer.Write(digest);
        writer.Flush();
        return (new PartHeader(opening, keyId, salt, digest, size), buffer.ToArray());
    }

    /// <summary>Reads the header at the beginning of <paramref name="bytes"/>.</summary>
    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">DataLoss: it is not the header that was written.</exception>
    public static PartHeader Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var start = Magic.Length + (2 * sizeof(ushort));
        if (bytes.Length < start || !bytes.Span.StartsWith(Magic))
        {
            throw VaultError.Damaged(file, "it does not begin as a part does.");
        }

        var size = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[(start - sizeof(ushort))..]);
        if (size > MostBytes || size > bytes.Length || size < start + SHA256.HashSizeInBytes)
        {
            throw VaultError.Damaged(file, "its header is cut off or its length is wrong.");
        }

        var body = bytes[..(size - SHA256.HashSizeInBytes)];
        var digest = bytes[(size - SHA256.HashSizeInBytes)..size];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(body.Span), digest.Span))
        {
            throw VaultError.Damaged(file, "its header does not have its digest.");
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[Magic.Length..]);
        return version is Version or VersionWithoutCopies or VersionWithoutTracks
            ? ReadBody(body[start..], version, digest, size, file)
            : throw VaultError.Damaged(file, $"its format is {version}, and {Version} is the latest known here.");
    }

    private static PartHeader ReadBody(ReadOnlyMemory<byte> body, ushort version, ReadOnlyMemory<byte> digest, int size, string file)
    {
        // The digest is no proof against somebody who writes one himself: what cannot be is refused all the same.
        try
        {
            using var reader = new BinaryReader(new MemoryStream(body.ToArray()), Encoding.UTF8);
            var recording = new RecordingId(new Guid(reader.ReadBytes(16), bigEndian: true));
            var part = new PartId(recording, reader.ReadInt32(), reader.ReadInt32());
            var startedAt = ReadTime(reader);
            var partStartedAt = ReadTime(reader);
            var expiresAt = ReadTime(reader);
            var keyId = new Guid(reader.ReadBytes(16), bigEndian: true);
            var salt = reader.ReadBytes(SaltBytes);
            var opening = new PartOpening(
                part, new SiteId(ReadText(reader)), new RoomId(ReadText(reader)), new CameraId(ReadText(reader)), startedAt, expiresAt, partStartedAt, ReadText(reader),
                version == VersionWithoutTracks ? MediaTracks.Picture | MediaTracks.Sound : ReadTracks(reader),
                version == Version && ReadText(reader) is { Length: > 0 } silo ? silo : null);
            return new PartHeader(opening, keyId, salt, digest.ToArray(), size);
        }
        catch (Exception fault) when (fault is EndOfStreamException or ArgumentException)
        {
            throw VaultError.Damaged(file, "a field of its header cannot be read.");
        }
    }

    private static MediaTracks ReadTracks(BinaryReader reader)
    {
        var tracks = (MediaTracks)reader.ReadByte();
        return tracks is MediaTracks.Picture or (MediaTracks.Picture | MediaTracks.Sound) ? tracks : throw new ArgumentException("A part has picture, or picture and sound.");
    }

    private static DateTimeOffset ReadTime(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > MostTextBytes)
        {
            throw new ArgumentException($"A text of a part's header has at most {MostTextBytes} bytes; this one has {bytes.Length}.", nameof(text));
        }

        writer.Write((byte)bytes.Length);
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader)
    {
        var length = reader.ReadByte();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length && length <= MostTextBytes ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException();
    }
}
