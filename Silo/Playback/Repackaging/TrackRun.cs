using System.Buffers.Binary;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>What a fragment says of all samples of one track.</summary>
internal readonly record struct TrackHeader(uint Track, uint? Duration, uint? Size)
{
    public static TrackHeader Read(ReadOnlySpan<byte> tfhd)
    {
        var fields = new Fields(tfhd);
        var (_, flags) = fields.FullBox();
        var track = fields.UInt32();
        if ((flags & 0x1) != 0 || (flags & 0x20000) == 0)
        {
            throw MediaError.Malformed("a fragment's bytes are counted from elsewhere than its own beginning"); // default_base_moof is asked for when recording
        }

        fields.Skip((flags & 0x2) != 0 ? 4 : 0);
        return new TrackHeader(track, (flags & 0x8) != 0 ? fields.UInt32() : null, (flags & 0x10) != 0 ? fields.UInt32() : null);
    }
}

/// <summary>One run of samples, whose bytes lie one after the other.</summary>
internal sealed record TrackRun(int Offset, IReadOnlyList<(uint Duration, uint Size)> Samples)
{
    /// <summary>Where in its box the place of its bytes stands: after size, type, flags and count.</summary>
    public const int OffsetAt = 16;

    private const uint HasOffset = 0x1, HasFirstFlags = 0x4, HasDuration = 0x100, HasSize = 0x200, HasFlags = 0x400, HasShift = 0x800;

    public static TrackRun Read(ReadOnlySpan<byte> trun, TrackHeader header, Track track)
    {
        var fields = new Fields(trun);
        var (_, flags) = fields.FullBox();
        var count = fields.UInt32();
        if ((flags & HasOffset) == 0 || count > FragmentContent.MostSamplesInRun)
        {
            throw MediaError.Malformed($"a run of {count} samples that are nowhere");
        }

        var offset = (int)fields.UInt32();
        fields.Skip((flags & HasFirstFlags) != 0 ? 4 : 0);
        var samples = new List<(uint, uint)>();
        for (var i = 0; i < count; i++)
        {
            var duration = (flags & HasDuration) != 0 ? fields.UInt32() : header.Duration ?? track.DefaultDuration;
            var size = (flags & HasSize) != 0 ? fields.UInt32() : header.Size ?? throw MediaError.Malformed("samples without a size");
            fields.Skip(((flags & HasFlags) != 0 ? 4 : 0) + ((flags & HasShift) != 0 ? 4 : 0));
            samples.Add((duration, size));
        }

        return new TrackRun(offset, samples);
    }

    public ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> fragment)
    {
        var length = Samples.Sum(sample => (long)sample.Size);
        return Offset >= 0 && Offset + length <= fragment.Length
            ? fragment.Slice(Offset, (int)length)
            : throw MediaError.Malformed($"a run of {length} bytes where {fragment.Length - Offset} are left");
    }

    /// <summary>The body of a run of the same samples in other sizes, its place still open.</summary>
    public byte[] With(IReadOnlyList<int> sizes)
    {
        var body = new byte[12 + (8 * sizes.Count)];
        BinaryPrimitives.WriteUInt32BigEndian(body, HasOffset | HasDuration | HasSize);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), sizes.Count);
        for (var i = 0; i < sizes.Count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(12 + (8 * i)), Samples[i].Duration);
            BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(16 + (8 * i)), sizes[i]);
        }

        return body;
    }
}
