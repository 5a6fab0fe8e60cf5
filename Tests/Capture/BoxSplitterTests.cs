using System.IO.Pipelines;
using CsCheck;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Tests.Capture;

public sealed class BoxSplitterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_ffmpeg_writes_is_split_into_a_beginning_and_a_fragment_a_second()
    {
        var (init, fragments) = await Split(new MemoryStream(await Samples.WithG711()));
        var tracks = Tracks.Read(init!);

        var contents = fragments.ConvertAll(fragment => FragmentContent.Read(fragment, tracks));

        Assert.Equal(("avc1", "alaw", 8000u), (tracks.Video!.Codec, tracks.Audio!.Codec, tracks.Audio.Timescale));
        Assert.Equal(4, contents.Count);
        Assert.Equal((60, 32000L), (contents.Sum(content => content.VideoFrames), contents.Sum(content => content.SoundSamples)));
        Assert.Equal(TimeSpan.FromSeconds(4), TimeSpan.FromTicks(contents.Sum(content => content.Sound.Ticks)));
        Assert.All(contents, content => Assert.Equal(1, content.Duration.TotalSeconds, precision: 3));
    }

    [Fact]
    public async Task However_the_stream_is_cut_into_reads_the_fragments_are_the_same()
    {
        var stream = await Samples.WithAac();
        var (init, fragments) = await Split(new MemoryStream(stream));

        await Gen.Int[1, 5000].SampleAsync(
            async most =>
            {
                var (otherInit, otherFragments) = await Split(new StutteringStream(stream, most));
                Assert.Equal(init, otherInit);
                Assert.Equal(fragments, otherFragments);
            },
            iter: 50);
    }

    [Fact]
    public async Task A_stream_that_ends_in_a_fragment_gives_the_whole_ones_before_it()
    {
        var stream = await Samples.WithG711();
        var (_, all) = await Split(new MemoryStream(stream));
        var endOfThird = stream.AsSpan().IndexOf(all[2].AsSpan()[..64]) + all[2].Length;

        var (_, fragments) = await Split(new MemoryStream(stream, 0, endOfThird + 100));

        Assert.Equal(all[..3], fragments);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(7u)]
    [InlineData(0x7fffffffu)]
    [InlineData(0xffffffffu)]
    public async Task A_box_of_an_impossible_size_is_refused_and_nothing_is_allocated_for_it(uint size)
    {
        byte[] stream = [(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, .. "ftypqt  "u8];
        var before = GC.GetTotalAllocatedBytes();

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => new BoxSplitter(PipeReader.Create(new MemoryStream(stream))).ReadInit(Cancellation));

        Assert.Equal(ErrorKind.InvalidInput, refused.Kind);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 << 20);
    }

    [Fact]
    public async Task The_splitter_meets_hostile_bytes_with_an_error()
    {
        var stream = await Samples.WithG711();

        Fuzz.Run([stream[..8000]], input =>
        {
            var split = Split(new MemoryStream(input));
            Assert.True(split.IsCompleted, "A stream in memory is never waited for.");
            if (split.IsFaulted)
            {
                throw split.Exception!.InnerException!;
            }
        });
    }

    [Fact]
    public async Task The_readers_of_beginning_and_fragment_meet_hostile_bytes_with_an_error()
    {
        var (init, fragments) = await Split(new MemoryStream(await Samples.WithG711()));
        var (otherInit, otherFragments) = await Split(new MemoryStream(await Samples.WithAac()));
        var tracks = Tracks.Read(init!);

        Fuzz.Run([init!, otherInit!], input => Tracks.Read(input));
        Fuzz.Run([fragments[0][..2000], otherFragments[1][..2000]], input => FragmentContent.Read(input, tracks));
    }

    private static async Task<(byte[]? Init, List<byte[]> Fragments)> Split(Stream stream)
    {
        var splitter = new BoxSplitter(PipeReader.Create(stream));
        var init = await splitter.ReadInit(Cancellation);
        var fragments = new List<byte[]>();
        while (init is not null && await splitter.ReadFragment(Cancellation) is { } fragment)
        {
            fragments.Add(fragment.ToArray());
        }

        return (init, fragments);
    }

    // Gives at most so many bytes at a read.
    private sealed class StutteringStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
