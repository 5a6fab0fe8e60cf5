using System.Buffers.Binary;
using System.IO.Pipelines;
using CliWrap;
using CliWrap.Buffered;
using CsCheck;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Playback.Repackaging;
using RecordingCluster.Tests.Capture;

namespace RecordingCluster.Tests.Playback;

/// <summary>A stored fragment in the package that a browser takes: ffmpeg, which wrote the one, reads the other.</summary>
public sealed class RepackagingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("pcm_alaw", "flac")]
    [InlineData("pcm_mulaw", "flac")]
    [InlineData("aac", "aac")]
    public async Task Every_picture_and_every_sample_of_sound_is_what_the_camera_sent(string sound, string becomes)
    {
        var stored = await Samples.With(sound);

        var played = await Repackaged(stored);

        Assert.Equal(await Decoded(stored, "0:v:0", "rawvideo"), await Decoded(played, "0:v:0", "rawvideo"));
        Assert.Equal(await Decoded(stored, "0:a:0", "s16le"), await Decoded(played, "0:a:0", "s16le"));
        Assert.Equal($"h264\n{becomes}", await Probe(played, "-show_entries", "stream=codec_name"));
        Assert.Equal(await Times(stored), await Times(played));
    }

    [Fact]
    public async Task Pictures_that_come_unsteadily_and_must_be_converted_are_each_shown_once_and_at_their_time()
    {
        var stored = await Samples.Unsteady();

        var played = await Repackaged(stored);

        Assert.Equal(await TimesOfPictures(stored), await TimesOfPictures(played));
        Assert.StartsWith("h264", await Probe(played, "-show_entries", "stream=codec_name"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_sound_is_repackaged_as_one()
    {
        var stored = await Samples.With(null);

        var played = await Repackaged(stored);

        Assert.Equal(await Decoded(stored, "0:v:0", "rawvideo"), await Decoded(played, "0:v:0", "rawvideo"));
        Assert.Equal("h264", await Probe(played, "-show_entries", "stream=codec_name"));
    }

    [Fact]
    public async Task What_is_moved_on_the_players_time_line_is_moved_with_picture_and_sound()
    {
        var (init, fragments) = await Split(await Samples.WithG711());
        using var converter = new FragmentConverter(TimeProvider.System);

        var later = await converter.Convert(init, fragments[1], TimeSpan.FromSeconds(90), Cancellation);

        // The sound of a fragment begins where that of the one before it ended, a moment after its picture.
        var now = await converter.Convert(init, fragments[1], TimeSpan.Zero, Cancellation);
        Assert.Equal("1.000000\n1.024000", await Probe([.. now.Init, .. now.Fragment], "-show_entries", "stream=start_time"));
        Assert.Equal("91.000000\n91.024000", await Probe([.. later.Init, .. later.Fragment], "-show_entries", "stream=start_time"));
    }

    [Theory]
    [InlineData("hev1", "mp4a", 1)]
    [InlineData("avc1", "alaw", 2)]
    [InlineData("avc1", "Opus", 1)]
    public void What_needs_more_than_another_package_is_left_to_ffmpeg(string video, string audio, int channels) =>
        Assert.False(Repackager.Takes(new Tracks([new Track(1, true, video, 90000, 0, 0), new Track(2, false, audio, 8000, 0, 0, Channels: channels)])));

    [Fact]
    public async Task Bytes_that_are_no_fragment_are_said_to_be_lost_and_do_no_other_harm()
    {
        var (init, fragments) = await Split(await Samples.WithG711());
        using var converter = new FragmentConverter(TimeProvider.System);
        var moof = fragments[0].Length - Box.Find(fragments[0], BoxType.Mdat).Length;

        await Gen.Select(Gen.Int[0, init.Length - 1], Gen.Int[0, moof - 1], Gen.Byte).SampleAsync(
            async (at, place, value) =>
            {
                var (otherInit, otherFragment) = ((byte[])init.Clone(), (byte[])fragments[0].Clone());
                otherInit[at] = value;
                otherFragment[place] = value;
                if (Repackager.Takes(TracksOf(otherInit)))
                {
                    await Harmless(() => converter.Convert(otherInit, otherFragment, TimeSpan.Zero, Cancellation));
                }
            },
            iter: 2000);
        await Gen.Int[0, fragments[0].Length - 1].SampleAsync(length => Harmless(() => converter.Convert(init, fragments[0][..length], TimeSpan.Zero, Cancellation)), iter: 200);
    }

    [Fact]
    public async Task Runs_that_share_their_bytes_are_refused_before_they_are_copied()
    {
        var (init, fragments) = await Split(await Samples.WithG711());
        var thrice = WithPicturesThrice(fragments[0]);

        var fault = Assert.Throws<RecordingClusterException>(() => Repackager.Repackage(init, thrice, TracksOf(init), TimeSpan.Zero));

        Assert.Equal(ErrorKind.InvalidInput, fault.Kind);
        Assert.Contains("share their bytes", fault.Message, StringComparison.Ordinal);
    }

    // The first track named twice more: together more bytes than there are.
    private static byte[] WithPicturesThrice(byte[] fragment)
    {
        var moof = Box.Read(fragment).First(box => box.Type == BoxType.Moof);
        var track = Box.Read(fragment.AsSpan(moof.Body).ToArray()).First(box => box.Type == BoxType.Traf);
        var whole = fragment[moof.Body][(track.Body.Start.Value - 8)..track.Body.End.Value];
        byte[] made = [.. fragment[..moof.Body.End.Value], .. whole, .. whole, .. fragment[moof.Body.End.Value..]];
        BinaryPrimitives.WriteInt32BigEndian(made, moof.Body.End.Value + (2 * whole.Length));
        return made;
    }

    private static async Task Harmless(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (RecordingClusterException fault)
        {
            Assert.True(fault.Kind is ErrorKind.DataLoss or ErrorKind.InvalidInput, fault.Message);
        }
    }

    private static Tracks TracksOf(byte[] init)
    {
        try
        {
            return Tracks.Read(init);
        }
        catch (RecordingClusterException)
        {
            return new Tracks([]);
        }
    }

    private static async Task<byte[]> Repackaged(byte[] stored)
    {
        var (init, fragments) = await Split(stored);
        using var converter = new FragmentConverter(TimeProvider.System);
        using var played = new MemoryStream();
        foreach (var fragment in fragments)
        {
            var converted = await converter.Convert(init, fragment, TimeSpan.Zero, Cancellation);
            played.Write(played.Length == 0 ? converted.Init : []);
            played.Write(converted.Fragment);
        }

        return played.ToArray();
    }

    private static async Task<(byte[] Init, List<byte[]> Fragments)> Split(byte[] stored)
    {
        var splitter = new BoxSplitter(PipeReader.Create(new MemoryStream(stored)));
        var (init, fragments) = ((await splitter.ReadInit(Cancellation))!, new List<byte[]>());
        while (await splitter.ReadFragment(Cancellation) is { } fragment)
        {
            fragments.Add(fragment.ToArray());
        }

        return (init, fragments);
    }

    // The digest of what a decoder makes of a track.
    private static async Task<string> Decoded(byte[] media, string track, string format)
    {
        string[] raw = format == "rawvideo" ? ["-fps_mode", "passthrough", "-f", "rawvideo"] : ["-f", format];
        using var output = new MemoryStream();
        await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-xerror", "-i", "pipe:0", "-map", track, .. raw, "pipe:1"])
            .WithStandardInputPipe(PipeSource.FromBytes(media)).WithStandardOutputPipe(PipeTarget.ToStream(output)).ExecuteAsync(Cancellation);
        Assert.NotEqual(0, output.Length);
        return $"{output.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(output.ToArray()))}";
    }

    private static Task<string> Times(byte[] media) => Probe(media, "-show_entries", "packet=codec_type,pts_time");

    private static Task<string> TimesOfPictures(byte[] media) => Probe(media, "-select_streams", "v", "-show_entries", "packet=pts_time");

    private static async Task<string> Probe(byte[] media, params string[] show)
    {
        var answer = await Cli.Wrap("ffprobe").WithArguments(["-v", "error", .. show, "-of", "csv=p=0", "-i", "pipe:0"]).WithStandardInputPipe(PipeSource.FromBytes(media)).ExecuteBufferedAsync(Cancellation);
        return answer.StandardOutput.Trim();
    }
}
