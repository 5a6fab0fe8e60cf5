using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Capture;

/// <summary>Opens one camera as a recording does, for some seconds, and counts what comes. It is held in memory until its sound is measured, and nothing of it is shown or kept (R2).</summary>
/// <param name="camera">How to reach it.</param>
/// <param name="options">What fits.</param>
/// <param name="sound">Whether sound may leave it.</param>
/// <param name="answers">Whether it answers at all, where it gives nothing.</param>
/// <param name="say">Hears why it gives nothing.</param>
/// <param name="clock">For how long it may take.</param>
internal sealed class MeasureRun(CameraOptions camera, CaptureOptions options, bool sound, Func<Task<bool>> answers, Action<RunFault> say, TimeProvider clock)
{
    // Of three whole fragments the longest tells how far apart whole pictures are.
    private const int EnoughFragments = 3;

    // A camera at 30 Mbit/s for as long as it is measured at most.
    private const int MostBytes = 64 << 20;

    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(3);

    // Connecting (2 s), waiting for a whole picture and for the end of its fragment (4 s each). Ending ffmpeg (3 s) and
    // measuring the sound (5 s) come after it, and all of it is within the 30 s that a grain call may take.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    /// <summary>Measures, or ends at once when <paramref name="stop"/> is asked for: a talk needs the camera.</summary>
    public async Task<CameraMeasurement> Measure(CancellationToken stop)
    {
        await using var ffmpeg = await FfmpegProcess.Start(FfmpegCommand.Measure(camera, sound), clock);
        await using var _ = stop.Register(() => ffmpeg.Kill().Ignore());
        try
        {
            var taken = await Take(ffmpeg);
            return stop.IsCancellationRequested ? Failed(CameraFault.Busy)
                : taken is null || taken.Fragments.Count == 0 ? Failed(await FaultOf(await ffmpeg.Ended))
                : await Judge(taken, stop);
        }
        catch (RecordingClusterException malformed) when (malformed.Kind == ErrorKind.InvalidInput)
        {
            return Failed(CameraFault.UnknownCodec);
        }
        catch (OperationCanceledException)
        {
            return Failed(CameraFault.Busy);
        }
    }

    private async Task<Taken?> Take(FfmpegProcess ffmpeg)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        await using var _ = limit.Token.Register(() => ffmpeg.Stop().Ignore());
        var splitter = new BoxSplitter(ffmpeg.Output);
        if (await splitter.ReadInit(CancellationToken.None) is not { } init)
        {
            return null;
        }

        // Asked to end, ffmpeg gives what it still has: a fragment that no whole picture ended.
        var taken = new Taken(init, Tracks.Read(init));
        while (await splitter.ReadFragment(CancellationToken.None) is { } fragment)
        {
            taken.Add(fragment.ToArray(), isWhole: !limit.IsCancellationRequested);
            if ((taken.Whole >= EnoughFragments && taken.Length >= EnoughTime) || taken.Bytes >= MostBytes)
            {
                await limit.CancelAsync();
            }
        }

        return taken;
    }

    private async Task<CameraMeasurement> Judge(Taken taken, CancellationToken stop)
    {
        var (tracks, seconds) = (taken.Tracks, Math.Max(taken.Length.TotalSeconds, 0.001));
        var level = taken.SoundSamples > 0 ? await SoundLevel.Measure(taken.All, clock, stop) : null;
        return new CameraMeasurement(
            clock.GetUtcNow(),
            [.. CameraFit.OfTracks(tracks, sound), .. CameraFit.OfContent(tracks, sound, taken.SoundSamples, taken.Gop, options.LongestFragment)],
            tracks.Video is { } video ? new PictureNumbers(video.Codec, video.Width, video.Height, taken.Frames / seconds, taken.Bytes * 8 / 1000.0 / seconds, taken.Gop, taken.Whole > 0) : null,
            tracks.Audio is { } audio ? new SoundNumbers(audio.Codec, audio.SampleRate, level?.Mean, level?.Peak) : null);
    }

    // One that is there and gives nothing is looked for elsewhere than one that is away.
    private async Task<CameraFault> FaultOf(FfmpegEnd end)
    {
        var fault = CaptureFaults.Of(end) is var seen && seen == CameraFault.Unreachable && await answers() ? CameraFault.NoMedia : seen;
        say(new RunFault(fault, end.Words));
        return fault;
    }

    private CameraMeasurement Failed(CameraFault fault) => new(clock.GetUtcNow(), [fault]);

    // What came, and what it adds up to.
    private sealed class Taken(byte[] init, Tracks tracks)
    {
        public Tracks Tracks => tracks;

        public List<byte[]> Fragments { get; } = [];

        public byte[] All => [.. init, .. Fragments.SelectMany(fragment => fragment)];

        public long Bytes { get; private set; }

        public long Frames { get; private set; }

        public long SoundSamples { get; private set; }

        public TimeSpan Length { get; private set; }

        public int Whole { get; private set; }

        /// <summary>Of the longest whole fragment; where none is whole, what there is of one.</summary>
        public TimeSpan Gop { get; private set; }

        public void Add(byte[] fragment, bool isWhole)
        {
            var content = FragmentContent.Read(fragment, tracks);
            Fragments.Add(fragment);
            Bytes += fragment.Length;
            Frames += content.VideoFrames;
            SoundSamples += content.SoundSamples;
            Length += content.Duration;
            Whole += isWhole ? 1 : 0;
            Gop = (isWhole || Whole == 0) && content.Duration > Gop ? content.Duration : Gop;
        }
    }
}
