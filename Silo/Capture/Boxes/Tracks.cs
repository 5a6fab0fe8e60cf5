using System.Collections.Immutable;

namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>One track as its moov describes it.</summary>
/// <param name="Id">By which fragments name it.</param>
/// <param name="IsVideo">Picture or sound.</param>
/// <param name="Codec">Its sample entry, such as avc1, hev1, mp4a, alaw.</param>
/// <param name="Timescale">Units in a second.</param>
/// <param name="DefaultDuration">Of a sample that says none itself.</param>
/// <param name="DefaultFlags">Of a sample that says none itself.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
/// <param name="SampleRate">Of sound, in samples a second.</param>
/// <param name="Channels">Of sound.</param>
internal sealed record Track(
    uint Id, bool IsVideo, string Codec, uint Timescale, uint DefaultDuration, uint DefaultFlags, int Width = 0, int Height = 0, int SampleRate = 0, int Channels = 0);

/// <summary>The tracks of a stream, read from its init (ftyp and moov).</summary>
internal sealed record Tracks(ImmutableArray<Track> All)
{
    private static readonly BoxType Picture = BoxType.Of("vide"u8);
    private static readonly BoxType Sound = BoxType.Of("soun"u8);

    public Track? Video => All.FirstOrDefault(track => track.IsVideo);

    public Track? Audio => All.FirstOrDefault(track => !track.IsVideo);

    /// <exception cref="GrainInterfaces.Errors.RecordingClusterException">InvalidInput: it is no moov.</exception>
    public static Tracks Read(ReadOnlySpan<byte> init)
    {
        var moov = Box.Find(init, BoxType.Moov);
        var defaults = ReadDefaults(Box.Find(moov, BoxType.Mvex));
        var tracks = ImmutableArray.CreateBuilder<Track>();
        foreach (var box in Box.Read(moov))
        {
            if (box.Type == BoxType.Trak && ReadTrack(moov[box.Body], defaults) is { } track)
            {
                tracks.Add(track);
            }
        }

        return new Tracks(tracks.ToImmutable());
    }

    private static Track? ReadTrack(ReadOnlySpan<byte> trak, Dictionary<uint, (uint Duration, uint Flags)> defaults)
    {
        var header = new Fields(Box.Find(trak, BoxType.Tkhd));
        header.Skip(header.FullBox().Version == 1 ? 16 : 8);
        var id = header.UInt32();

        var mdia = Box.Find(trak, BoxType.Mdia);
        var media = new Fields(Box.Find(mdia, BoxType.Mdhd));
        media.Skip(media.FullBox().Version == 1 ? 16 : 8);
        var timescale = media.UInt32();

        var handler = new Fields(Box.Find(mdia, BoxType.Hdlr));
        handler.Skip(8);
        var kind = new BoxType(handler.UInt32());
        if (kind != Picture && kind != Sound)
        {
            return null;
        }

        if (timescale == 0)
        {
            throw MediaError.Malformed("a track has no time scale");
        }

        var entries = new Fields(Box.Find(Box.Find(Box.Find(mdia, BoxType.Minf), BoxType.Stbl), BoxType.Stsd));
        entries.Skip(12); // version and flags, count, size of the first entry
        var codec = new BoxType(entries.UInt32()).ToString();
        var (duration, flags) = defaults.GetValueOrDefault(id);
        var track = new Track(id, kind == Picture, codec, timescale, duration, flags);
        return kind == Picture ? WithSize(track, entries) : WithRate(track, entries);
    }

    // What its sample entry says goes no further than numbers on a page: one that is cut short is not worth a refusal.
    private static Track WithSize(Track track, Fields entry)
    {
        const int before = 24; // reserved, data reference, reserved
        if (entry.Left < before + 4)
        {
            return track;
        }

        entry.Skip(before);
        var size = entry.UInt32();
        return track with { Width = (int)(size >> 16), Height = (int)(size & 0xffff) };
    }

    private static Track WithRate(Track track, Fields entry)
    {
        const int before = 16, between = 4; // reserved, data reference, version and vendor; after channels and bits: compression, packet size
        if (entry.Left < before + 4 + between + 4)
        {
            return track;
        }

        entry.Skip(before);
        var channels = (int)(entry.UInt32() >> 16);
        entry.Skip(between);
        return track with { Channels = channels, SampleRate = (int)(entry.UInt32() >> 16) }; // 16.16
    }

    private static Dictionary<uint, (uint Duration, uint Flags)> ReadDefaults(ReadOnlySpan<byte> mvex)
    {
        var defaults = new Dictionary<uint, (uint, uint)>();
        foreach (var box in Box.Read(mvex))
        {
            if (box.Type == BoxType.Trex)
            {
                var trex = new Fields(mvex[box.Body]);
                trex.Skip(4);
                var id = trex.UInt32();
                trex.Skip(4);
                var duration = trex.UInt32();
                trex.Skip(4);
                defaults[id] = (duration, trex.UInt32());
            }
        }

        return defaults;
    }
}
