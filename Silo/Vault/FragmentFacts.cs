using System.Buffers.Binary;

namespace RecordingCluster.Silo.Vault;

/// <summary>What is known of a fragment without opening it.</summary>
/// <param name="From">When its first picture was taken, by the wall clock.</param>
/// <param name="MonotonicNanoseconds">When it arrived, by a clock that nobody can set (DESIGN §8).</param>
/// <param name="Duration">Length of its picture.</param>
/// <param name="VideoFrames">Pictures in it.</param>
/// <param name="Sound">Length of its sound.</param>
internal readonly record struct FragmentFacts(DateTimeOffset From, long MonotonicNanoseconds, TimeSpan Duration, int VideoFrames, TimeSpan Sound)
{
    /// <summary>How far a fragment's place on the wall clock may fall behind its arrival. A camera's crystal drifts by some 50 ppm: this is reached after hours, or by a stall.</summary>
    public static readonly TimeSpan MostDrift = TimeSpan.FromSeconds(1);

    /// <summary>Five numbers of eight bytes.</summary>
    public const int SizeInBytes = 5 * sizeof(long);

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteInt64BigEndian(to, From.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(to[8..], MonotonicNanoseconds);
        BinaryPrimitives.WriteInt64BigEndian(to[16..], Duration.Ticks);
        BinaryPrimitives.WriteInt64BigEndian(to[24..], VideoFrames);
        BinaryPrimitives.WriteInt64BigEndian(to[32..], Sound.Ticks);
    }

    // Only called on bytes that the cipher has vouched for.
    public static FragmentFacts Read(ReadOnlySpan<byte> from) => new(
        new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(from), TimeSpan.Zero),
        BinaryPrimitives.ReadInt64BigEndian(from[8..]),
        new TimeSpan(BinaryPrimitives.ReadInt64BigEndian(from[16..])),
        (int)BinaryPrimitives.ReadInt64BigEndian(from[24..]),
        new TimeSpan(BinaryPrimitives.ReadInt64BigEndian(from[32..])));
}
