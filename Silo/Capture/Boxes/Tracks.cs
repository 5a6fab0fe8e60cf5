using System.Collections.Immutable;

namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>One track as its moov describes it.</summary>
/// <param name="Id">By which fragments name it.</param>
/// <param name="IsVideo">Picture or sound.</param>
/// <param name="Codec">Its sample entry, such as avc1, hev1, mp4a, alaw.</param>
/// <param name="Timescale">Units in a second.</param>
/// <param name="DefaultDuration">Of a sample that says none itself.</param>
/// <param name="DefaultFlags">Of a sample that says none itself.</param>
internal sealed record Track(uint Id, bool IsVideo, string Codec, uint Timescale, uint DefaultDuration, uint DefaultFlags);

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
        return new Track(id, kind == Picture, codec, timescale, duration, flags);
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
