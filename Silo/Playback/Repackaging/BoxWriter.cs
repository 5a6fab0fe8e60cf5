using System.Buffers.Binary;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>Writes boxes one into the other; the size of each is set when it is done.</summary>
internal sealed class BoxWriter
{
    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    /// <summary>Begins a box; what is written until its <see cref="End"/> is in it.</summary>
    public int Begin(BoxType type)
    {
        var at = Length;
        UInt32(0);
        UInt32(type.Code);
        return at;
    }

    public void End(int begun) => Set(begun, (uint)(Length - begun));

    public void Box(BoxType type, ReadOnlySpan<byte> body)
    {
        var begun = Begin(type);
        Bytes(body);
        End(begun);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        if (bytes.Length - Length < value.Length)
        {
            Array.Resize(ref bytes, 2 * (Length + value.Length));
        }

        value.CopyTo(bytes.AsSpan(Length));
        Length += value.Length;
    }

    public void UInt32(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        Bytes(four);
    }

    /// <summary>Puts a number where another stood.</summary>
    public void Set(int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);
}
