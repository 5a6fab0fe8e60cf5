using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Pipelines;
using CliWrap;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Capture.Boxes;
using RecordingCluster.Silo.Playback.Repackaging;

namespace RecordingCluster.Silo.Playback;

/// <summary>Makes of one stored fragment what a browser plays, in memory, on its own: there is no state between fragments.</summary>
/// <remarks>
/// H.264 and AAC are copied. G.711 becomes FLAC, which keeps every sample and, unlike AAC or Opus, adds none at the
/// beginning, so that fragments meet without a click. H.265 becomes H.264. The stored bytes stay the camera's own.
/// What only changes its package needs no ffmpeg: to start one costs more than all else that a fragment takes.
/// </remarks>
internal sealed class FragmentConverter(TimeProvider clock) : IDisposable
{
    // More at once only wait for each other: a conversion takes a core.
    private static readonly int MostAtOnce = Environment.ProcessorCount;

    private const string NotConverted = "A fragment opened, and cannot be converted for the player. Its bytes are kept as the camera sent them.";

    // The clock of RTP video (RFC 6184, RFC 7798).
    private const int VideoTicksPerSecond = 90_000;

    // A fragment of 4 s of H.265 at full size takes a second or two to convert here.
    private static readonly TimeSpan LongestConversion = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim slots = new(MostAtOnce);

    /// <summary>Its beginning and its fragment, moved <paramref name="offset"/> later on the player's time line.</summary>
    public async Task<(byte[] Init, byte[] Fragment)> Convert(byte[] init, byte[] fragment, TimeSpan offset, CancellationToken cancellation)
    {
        var tracks = Tracks.Read(init);
        if (Repackager.Takes(tracks))
        {
            return Repackage(init, fragment, tracks, offset);
        }

        var converted = await Run(Arguments(tracks, FragmentContent.Read(fragment, tracks).LastFrame), [.. init, .. fragment], cancellation);
        var splitter = new BoxSplitter(PipeReader.Create(converted));
        if (await splitter.ReadInit(cancellation) is not { } newInit || (await splitter.ReadFragment(cancellation))?.ToArray() is not { } newFragment)
        {
            throw new RecordingClusterException(ErrorKind.DataLoss, NotConverted);
        }

        Shift(newFragment, Tracks.Read(newInit), offset);
        return (newInit, newFragment);
    }

    public void Dispose() => slots.Dispose();

    internal static ImmutableArray<string> Arguments(Tracks tracks, TimeSpan lastFrame)
    {
        // Only the next picture tells how long one lasts, and the last of a fragment has none after it here.
        var lastTicks = Math.Max(1, (long)Math.Round(lastFrame.TotalSeconds * VideoTicksPerSecond));

        // Settings that never change, so that every fragment gets the same parameter sets and one beginning serves them all.
        string[] video = tracks.Video?.Codec is "avc1" or "avc3"
            ? ["-c:v", "copy"]
            : [
                "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-level:v", "4.1",
                "-crf", "20", "-bf", "0", "-g", "100000", "-sc_threshold", "0", "-pix_fmt", "yuv420p", "-threads", "1",

                // Each picture once, and at its own time: by itself ffmpeg makes the rate steady, and adds and drops pictures for it.
                "-fps_mode", "passthrough", "-enc_time_base", $"1:{VideoTicksPerSecond}",
              ];
        string[] audio = tracks.Audio?.Codec switch
        {
            null => ["-an"], // it was recorded without
            "mp4a" => ["-map", "0:a:0", "-c:a", "copy"],
            _ => ["-map", "0:a:0", "-c:a", "flac", "-strict", "-2"],
        };
        return
        [
            "-hide_banner", "-nostdin", "-loglevel", "error", "-protocol_whitelist", "pipe", "-f", "mov", "-i", "pipe:0",

            // Time stamps stay as they are, and one fragment comes out of one.
            "-copyts", "-avoid_negative_ts", "disabled", "-map", "0:v:0", .. video, .. audio, "-bsf:v", $"setts=duration={lastTicks}",
            "-f", "mp4", "-movflags", "+empty_moov+default_base_moof+frag_custom+frag_discont", "-video_track_timescale", $"{VideoTicksPerSecond}", "pipe:1",
        ];
    }

    private static (byte[] Init, byte[] Fragment) Repackage(byte[] init, byte[] fragment, Tracks tracks, TimeSpan offset)
    {
        try
        {
            return Repackager.Repackage(init, fragment, tracks, offset);
        }
        catch (RecordingClusterException fault) when (fault.Kind == ErrorKind.InvalidInput)
        {
            throw new RecordingClusterException(ErrorKind.DataLoss, NotConverted, fault);
        }
    }

    private async Task<MemoryStream> Run(ImmutableArray<string> arguments, byte[] input, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        try
        {
            using var limit = new CancellationTokenSource(LongestConversion, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var output = new MemoryStream();
            var child = Cli.Wrap("setpriv")
                .WithArguments(["--pdeathsig", "KILL", "ffmpeg", .. arguments])
                .WithStandardInputPipe(PipeSource.FromBytes(input))
                .WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithValidation(CommandResultValidation.None);
            await await ChildThread.Instance.Start(() => child.ExecuteAsync(either.Token).Task);
            output.Position = 0;
            return output;
        }
        finally
        {
            slots.Release();
        }
    }

    // Each part begins at zero by the camera's own time; on the player's time line it begins where it was recorded.
    private static void Shift(byte[] fragment, Tracks tracks, TimeSpan offset)
    {
        foreach (var moof in Box.Read(fragment).Where(box => box.Type == BoxType.Moof))
        {
            var from = moof.Body.Start.Value;
            foreach (var traf in Box.Read(fragment.AsSpan(moof.Body)).Where(box => box.Type == BoxType.Traf))
            {
                ShiftTrack(fragment.AsSpan(from + traf.Body.Start.Value, traf.Body.End.Value - traf.Body.Start.Value), tracks, offset);
            }
        }
    }

    private static void ShiftTrack(Span<byte> traf, Tracks tracks, TimeSpan offset)
    {
        var header = new Fields(Box.Find(traf, BoxType.Tfhd));
        header.Skip(4);
        var id = header.UInt32();
        if (tracks.All.FirstOrDefault(track => track.Id == id) is not { } track)
        {
            return;
        }

        foreach (var box in Box.Read(traf).Where(box => box.Type == BoxType.Tfdt))
        {
            var time = traf[box.Body];
            var units = (long)Math.Round(offset.TotalSeconds * track.Timescale);
            if (time[0] == 1)
            {
                BinaryPrimitives.WriteInt64BigEndian(time[4..], BinaryPrimitives.ReadInt64BigEndian(time[4..]) + units);
            }
            else
            {
                BinaryPrimitives.WriteInt32BigEndian(time[4..], BinaryPrimitives.ReadInt32BigEndian(time[4..]) + (int)units);
            }
        }
    }
}
