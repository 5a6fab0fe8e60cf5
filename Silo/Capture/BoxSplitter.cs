using System.Buffers;
using System.Buffers.Binary;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>Splits ffmpeg's output into its beginning (ftyp and moov) and its fragments (moof and mdat).</summary>
/// <remarks>Nothing is allocated on the stream's word beyond the limits; an end in the middle of a box is an end.</remarks>
internal sealed class BoxSplitter(Stream stream)
{
    // A moov without samples is some kilobytes; parameter sets and metadata stay far below this.
    private const int MostInitBytes = 1 << 20;

    private const int StepBytes = 64 << 10;

    private readonly byte[] header = new byte[16];

    /// <summary>ftyp and moov; null when the stream ends before.</summary>
    public Task<byte[]?> ReadInit(CancellationToken cancellation) => ReadUntil(BoxType.Moov, BoxType.Ftyp, MostInitBytes, cancellation);

    /// <summary>The next moof and mdat; null when the stream has ended.</summary>
    public Task<byte[]?> ReadFragment(CancellationToken cancellation) => ReadUntil(BoxType.Mdat, BoxType.Moof, RecordFrame.MostPayloadBytes, cancellation);

    private async Task<byte[]?> ReadUntil(BoxType last, BoxType first, int mostBytes, CancellationToken cancellation)
    {
        using var piece = new MemoryStream();
        while (await ReadHeader(cancellation) is var (type, headerBytes, bodyBytes))
        {
            if (piece.Length + headerBytes + bodyBytes > mostBytes)
            {
                throw MediaError.Malformed($"{type} of {bodyBytes} bytes; at most {mostBytes} are taken");
            }

            var isWanted = type == first || type == last;
            if (isWanted && (type == last) == (piece.Length == 0))
            {
                throw MediaError.Malformed($"{type} stands where {(type == last ? first : last)} should");
            }

            if (!isWanted && (type == BoxType.Moof || type == BoxType.Mdat || type == BoxType.Moov))
            {
                throw MediaError.Malformed($"{type} stands where {first} should");
            }

            // What is not wanted (free, sidx, mfra) is read and dropped.
            if (isWanted)
            {
                piece.Write(header, 0, headerBytes);
            }

            if (!await Copy(bodyBytes, isWanted ? piece : Stream.Null, cancellation))
            {
                return null;
            }

            if (type == last)
            {
                return piece.ToArray();
            }
        }

        return null;
    }

    private async Task<(BoxType Type, int HeaderBytes, long BodyBytes)?> ReadHeader(CancellationToken cancellation)
    {
        if (!await Fill(0, 8, cancellation))
        {
            return null;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(header);
        var headerBytes = 8;
        if (size == 1)
        {
            if (!await Fill(8, 8, cancellation))
            {
                return null;
            }

            headerBytes = 16;
            size = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8));
        }

        var type = BoxType.Read(header.AsSpan(4));
        return size >= headerBytes && size <= RecordFrame.MostPayloadBytes
            ? (type, headerBytes, size - headerBytes)
            : throw MediaError.Malformed($"{type} says a size of {size} bytes; {headerBytes} to {RecordFrame.MostPayloadBytes} are taken");
    }

    // In steps, so that memory follows what has come and not what a box says of itself.
    private async Task<bool> Copy(long count, Stream to, CancellationToken cancellation)
    {
        var step = ArrayPool<byte>.Shared.Rent(StepBytes);
        try
        {
            while (count > 0)
            {
                var read = await stream.ReadAsync(step.AsMemory(0, (int)Math.Min(count, StepBytes)), cancellation);
                if (read == 0)
                {
                    return false;
                }

                to.Write(step, 0, read);
                count -= read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(step);
        }
    }

    private async Task<bool> Fill(int offset, int count, CancellationToken cancellation) =>
        await stream.ReadAtLeastAsync(header.AsMemory(offset, count), count, throwOnEndOfStream: false, cancellation) == count;
}
