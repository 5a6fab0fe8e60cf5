using System.Buffers.Binary;

namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>Reads numbers one after the other, and refuses to read past the end.</summary>
internal ref struct Fields(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly int Left => rest.Length;

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>Version in the top eight bits, flags in the others.</summary>
    public (byte Version, uint Flags) FullBox()
    {
        var word = UInt32();
        return ((byte)(word >> 24), word & 0xffffff);
    }

    public void Skip(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw MediaError.Malformed($"{count} bytes are read where {rest.Length} are left");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
