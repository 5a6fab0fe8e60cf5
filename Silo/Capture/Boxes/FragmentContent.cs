namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>What a fragment holds, by its moof alone.</summary>
/// <param name="VideoFrames">Pictures.</param>
/// <param name="Duration">Length of the picture.</param>
/// <param name="SoundSamples">Sound, in samples of the camera's rate.</param>
/// <param name="Sound">Length of the sound.</param>
/// <param name="LastFrame">Length of the last picture, which no later one tells.</param>
internal readonly record struct FragmentContent(int VideoFrames, TimeSpan Duration, long SoundSamples, TimeSpan Sound, TimeSpan LastFrame)
{
    /// <summary>A GOP of 4 s at 120 pictures a second, or its sound in packets of a millisecond, has far fewer.</summary>
    public const uint MostSamplesInRun = 1 << 20;

    // An hour in one fragment is nonsense, whatever the time scale.
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1);

    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">InvalidInput: it is no moof.</exception>
    public static FragmentContent Read(ReadOnlySpan<byte> fragment, Tracks tracks)
    {
        var content = default(FragmentContent);
        var moof = Box.Find(fragment, BoxType.Moof);
        foreach (var box in Box.Read(moof))
        {
            if (box.Type == BoxType.Traf)
            {
                content = content.With(moof[box.Body], tracks);
            }
        }

        return content;
    }

    private FragmentContent With(ReadOnlySpan<byte> traf, Tracks tracks)
    {
        var header = new Fields(Box.Find(traf, BoxType.Tfhd));
        var (_, flags) = header.FullBox();
        var id = header.UInt32();
        if (tracks.All.FirstOrDefault(known => known.Id == id) is not { } track)
        {
            return this;
        }

        header.Skip(((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0)); // base offset, description index
        var defaultDuration = (flags & 0x8) != 0 ? header.UInt32() : track.DefaultDuration;
        var (samples, units, last) = (0L, 0L, 0L);
        foreach (var box in Box.Read(traf))
        {
            if (box.Type == BoxType.Trun)
            {
                (var runSamples, var runUnits, last) = ReadRun(traf[box.Body], defaultDuration);
                samples += runSamples;
                units += runUnits;
            }
        }

        var seconds = (double)units / track.Timescale;
        if (seconds > LongestDuration.TotalSeconds)
        {
            throw MediaError.Malformed("a fragment says that it lasts for hours");
        }

        var length = TimeSpan.FromSeconds(seconds);
        return track.IsVideo
            ? this with { VideoFrames = VideoFrames + (int)samples, Duration = Duration + length, LastFrame = TimeSpan.FromSeconds((double)last / track.Timescale) }
            : this with { SoundSamples = SoundSamples + units, Sound = Sound + length };
    }

    private static (long Samples, long Units, long Last) ReadRun(ReadOnlySpan<byte> trun, uint defaultDuration)
    {
        var run = new Fields(trun);
        var (_, flags) = run.FullBox();
        var count = run.UInt32();
        if (count > MostSamplesInRun)
        {
            throw MediaError.Malformed($"a run of {count} samples");
        }

        if ((flags & 0x100) == 0)
        {
            return (count, (long)count * defaultDuration, defaultDuration);
        }

        run.Skip(((flags & 0x1) != 0 ? 4 : 0) + ((flags & 0x4) != 0 ? 4 : 0)); // data offset, flags of the first sample
        var others = 4 * (((flags & 0x200) != 0 ? 1 : 0) + ((flags & 0x400) != 0 ? 1 : 0) + ((flags & 0x800) != 0 ? 1 : 0));
        var (units, last) = (0L, 0L);
        for (var i = 0; i < count; i++)
        {
            last = run.UInt32();
            units += last;
            run.Skip(others);
        }

        return (count, units, last);
    }
}
