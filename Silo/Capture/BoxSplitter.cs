using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Numerics;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>Splits ffmpeg's output into its beginning (ftyp and moov) and its fragments (moof and mdat).</summary>
/// <remarks>
/// Nothing is allocated on the stream's word beyond the limits; an end in the middle of a box is an end. All fragments are read into one
/// buffer, as large as the largest of them: memory that is new for each costs more than sealing it.
/// </remarks>
internal sealed class BoxSplitter(PipeReader stream)
{
    // A moov without samples is some kilobytes; parameter sets and metadata stay far below this.
    private const int MostInitBytes = 1 << 20;

    // A fragment of a second at 8 Mbit/s comes in one step.
    private const int FirstStepBytes = 1 << 20;

    private const int MostHeaderBytes = 16;

    private byte[] piece = [];

    /// <summary>ftyp and moov; null when the stream ends before.</summary>
    public async Task<byte[]?> ReadInit(CancellationToken cancellation) => (await ReadUntil(BoxType.Moov, BoxType.Ftyp, MostInitBytes, cancellation))?.ToArray();

    /// <summary>The next moof and mdat, good until the next read; null when the stream has ended.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadFragment(CancellationToken cancellation) => ReadUntil(BoxType.Mdat, BoxType.Moof, RecordFrame.MostPayloadBytes, cancellation);

    private async Task<ReadOnlyMemory<byte>?> ReadUntil(BoxType last, BoxType first, int mostBytes, CancellationToken cancellation)
    {
        var length = 0;
        while (await ReadHeader(cancellation) is { } header)
        {
            var type = header.Type;
            if (length + header.BoxBytes > mostBytes)
            {
                throw MediaError.Malformed($"{type} of {header.BoxBytes} bytes; at most {mostBytes} are taken");
            }

            var isWanted = type == first || type == last;
            if (isWanted && (type == last) == (length == 0))
            {
                throw MediaError.Malformed($"{type} stands where {(type == last ? first : last)} should");
            }

            if (!isWanted && (type == BoxType.Moof || type == BoxType.Mdat || type == BoxType.Moov))
            {
                throw MediaError.Malformed($"{type} stands where {first} should");
            }

            // What is not wanted (free, sidx, mfra) is read, and the next box takes its place.
            if (!await ReadBox(length, header.BoxBytes, cancellation))
            {
                return null;
            }

            length += isWanted ? header.BoxBytes : 0;
            if (type == last)
            {
                return piece.AsMemory(0, length);
            }
        }

        return null;
    }

    // The header is looked at and left in the stream, as it is a part of the box.
    private async Task<(BoxType Type, int BoxBytes)?> ReadHeader(CancellationToken cancellation)
    {
        const int shortBytes = 8;
        var ahead = await stream.ReadAtLeastAsync(shortBytes, cancellation);
        var header = new byte[MostHeaderBytes];
        var hasShort = Peek(ahead, header.AsSpan(0, shortBytes));
        if (!hasShort)
        {
            return null;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var type = BoxType.Read(header.AsSpan(4));
        var headerBytes = shortBytes;
        if (size == 1)
        {
            headerBytes = MostHeaderBytes;
            if (!Peek(await stream.ReadAtLeastAsync(headerBytes, cancellation), header))
            {
                return null;
            }

            size = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(shortBytes));
        }

        return size >= headerBytes && size <= RecordFrame.MostPayloadBytes
            ? (type, (int)size)
            : throw MediaError.Malformed($"{type} says a size of {size} bytes; {headerBytes} to {RecordFrame.MostPayloadBytes} are taken");
    }

    private bool Peek(ReadResult ahead, Span<byte> header)
    {
        var isThere = ahead.Buffer.Length >= header.Length;
        if (isThere)
        {
            ahead.Buffer.Slice(0, header.Length).CopyTo(header);
        }

        stream.AdvanceTo(ahead.Buffer.Start);
        return isThere;
    }

    // In steps that double, so that memory follows what has come and not what a box says of itself.
    private async Task<bool> ReadBox(int before, int boxBytes, CancellationToken cancellation)
    {
        var (at, end) = (before, before + boxBytes);
        while (at < end)
        {
            var step = Math.Min(end - at, Math.Max(FirstStepBytes, at));
            var ahead = await stream.ReadAtLeastAsync(step, cancellation);
            if (ahead.Buffer.Length < step)
            {
                stream.AdvanceTo(ahead.Buffer.End);
                return false;
            }

            if (piece.Length < at + step)
            {
                Array.Resize(ref piece, (int)BitOperations.RoundUpToPowerOf2((uint)(at + step)));
            }

            var taken = ahead.Buffer.Slice(0, step);
            taken.CopyTo(piece.AsSpan(at));
            stream.AdvanceTo(taken.End);
            at += step;
        }

        return true;
    }
}
