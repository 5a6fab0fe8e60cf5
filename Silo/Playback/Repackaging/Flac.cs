using System.Buffers.Binary;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>FLAC (RFC 9639) of the plainest kind: samples stand in it as they are, 16 bits each, one channel. Browsers play it, and no sample is changed, added or lost.</summary>
internal static class Flac
{
    /// <summary>What one frame can hold.</summary>
    public const int MostSamples = 1 << 16;

    private const int StreamInfoBytes = 34;
    private const int SmallestBlock = 16;
    private const int BitsPerSample = 16;

    private static readonly byte[] Crc8 = [.. Enumerable.Range(0, 256).Select(value => (byte)Remainder(value, 0x07, 8))];
    private static readonly ushort[] Crc16 = [.. Enumerable.Range(0, 256).Select(value => (ushort)Remainder(value, 0x8005, 16))];

    /// <summary>The block STREAMINFO with its header, as the last of the blocks before the sound.</summary>
    public static byte[] StreamInfo(uint rate)
    {
        var block = new byte[4 + StreamInfoBytes];
        block[0] = 0x80; // the last one, and of type 0
        block[3] = StreamInfoBytes;
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(4), SmallestBlock);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(6), ushort.MaxValue);

        // Rate in 20 bits, channels less one in 3, bits less one in 5, and how many samples follow, which nobody knows, in 36.
        BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(14), ((ulong)rate << 44) | ((BitsPerSample - 1UL) << 36));
        return block;
    }

    /// <summary>One frame.</summary>
    /// <param name="sent">The samples as the camera sent them, one byte each.</param>
    /// <param name="table">What each byte stands for.</param>
    /// <param name="first">The number of the first sample, counted from the beginning of the track.</param>
    /// <param name="to">Takes the frame.</param>
    /// <returns>How long it is.</returns>
    public static int Write(ReadOnlySpan<byte> sent, short[] table, ulong first, BoxWriter to)
    {
        Span<byte> frame = new byte[MostHeaderBytes + (2 * sent.Length) + 2];
        var at = WriteHeader(frame, sent.Length, first);
        frame[at++] = 0x02; // as they are
        foreach (var sample in sent)
        {
            BinaryPrimitives.WriteInt16BigEndian(frame[at..], table[sample]);
            at += 2;
        }

        ushort check = 0;
        foreach (var value in frame[..at])
        {
            check = (ushort)((check << 8) ^ Crc16[(check >> 8) ^ value]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame[at..], check);
        to.Bytes(frame[..(at + 2)]);
        return at + 2;
    }

    // Four bytes, a number of seven at most, the length, the check, and the byte before the samples.
    private const int MostHeaderBytes = 4 + 7 + 2 + 1 + 1;

    private static int WriteHeader(Span<byte> frame, int samples, ulong first)
    {
        frame[0] = 0xff;
        frame[1] = 0xf9; // blocks of any length
        frame[2] = 0x70; // its length follows in 16 bits; the rate is that of STREAMINFO
        frame[3] = 0x08; // one channel of 16 bits
        var at = 4 + WriteNumber(frame[4..], first & ((1UL << 36) - 1));
        BinaryPrimitives.WriteUInt16BigEndian(frame[at..], (ushort)(samples - 1));
        at += 2;
        byte check = 0;
        foreach (var value in frame[..at])
        {
            check = Crc8[check ^ value];
        }

        frame[at] = check;
        return at + 1;
    }

    // As UTF-8 would, and on to 36 bits: the first byte begins with as many ones as there are bytes, each other with 10.
    private static int WriteNumber(Span<byte> to, ulong number)
    {
        if (number < 0x80)
        {
            to[0] = (byte)number;
            return 1;
        }

        var bytes = 2;
        while (number >> ((5 * bytes) + 1) != 0)
        {
            bytes++;
        }

        for (var i = bytes - 1; i > 0; i--)
        {
            to[i] = (byte)(0x80 | (number & 0x3f));
            number >>= 6;
        }

        to[0] = (byte)((0xff00 >> bytes) | (int)number);
        return bytes;
    }

    private static int Remainder(int value, int polynomial, int bits)
    {
        var rest = value << (bits - 8);
        for (var i = 0; i < 8; i++)
        {
            rest = (rest & (1 << (bits - 1))) != 0 ? (rest << 1) ^ polynomial : rest << 1;
        }

        return rest & ((1 << bits) - 1);
    }
}
