using System.Buffers.Binary;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>Makes of the stored beginning, which is QuickTime, the one that a browser takes: the same boxes, with a sound description of ISO's.</summary>
internal static class PlayerInit
{
    // A sample entry's reserved bytes and its data reference; then those of sound, of which channels and rate are kept.
    private const int EntryBytes = 8;
    private const int SoundBytes = 20;

    private static readonly BoxType Wave = BoxType.Of("wave"u8), Esds = BoxType.Of("esds"u8), Flc = BoxType.Of("fLaC"u8), DfLa = BoxType.Of("dfLa"u8), Mp4a = BoxType.Of("mp4a"u8);

    private static readonly BoxType[] OnTheWay = [BoxType.Moov, BoxType.Trak, BoxType.Mdia, BoxType.Minf, BoxType.Stbl];

    public static byte[] Write(ReadOnlySpan<byte> init, Tracks tracks)
    {
        var writer = new BoxWriter();
        var brand = writer.Begin(BoxType.Ftyp);
        writer.Bytes("iso5\0\0\x2\0iso5iso6mp41"u8);
        writer.End(brand);
        foreach (var box in Box.Read(init))
        {
            if (box.Type != BoxType.Ftyp)
            {
                Copy(writer, box.Type, init[box.Body], tracks.Audio);
            }
        }

        return writer.Written.ToArray();
    }

    private static void Copy(BoxWriter writer, BoxType type, ReadOnlySpan<byte> body, Track? sound)
    {
        if (type == BoxType.Stsd && sound is not null && body.Length >= 16 && new BoxType(BinaryPrimitives.ReadUInt32BigEndian(body[12..])).ToString() == sound.Codec)
        {
            Describe(writer, body[16..], sound);
            return;
        }

        if (!OnTheWay.Contains(type))
        {
            writer.Box(type, body);
            return;
        }

        var begun = writer.Begin(type);
        foreach (var box in Box.Read(body))
        {
            Copy(writer, box.Type, body[box.Body], sound);
        }

        writer.End(begun);
    }

    private static void Describe(BoxWriter writer, ReadOnlySpan<byte> entry, Track sound)
    {
        if (entry.Length < EntryBytes + SoundBytes)
        {
            throw MediaError.Malformed($"a sound description of {entry.Length} bytes");
        }

        var isAac = sound.Codec == "mp4a";
        var descriptions = writer.Begin(BoxType.Stsd);
        writer.UInt32(0);
        writer.UInt32(1);
        var described = writer.Begin(isAac ? Mp4a : Flc);
        writer.Bytes(entry[..EntryBytes]);
        writer.Bytes(stackalloc byte[8]); // ISO has one version of it
        writer.UInt32((uint)((sound.Channels << 16) | 16)); // bits of a sample
        writer.UInt32(0);
        writer.UInt32(BinaryPrimitives.ReadUInt32BigEndian(entry[(EntryBytes + SoundBytes - 4)..]));
        if (isAac)
        {
            writer.Box(Esds, EsdsOf(entry));
        }
        else
        {
            var stream = writer.Begin(DfLa);
            writer.UInt32(0);
            writer.Bytes(Flac.StreamInfo(sound.Timescale));
            writer.End(stream);
        }

        writer.End(described);
        writer.End(descriptions);
    }

    // QuickTime's first version of the entry is 16 bytes longer, and keeps the decoder's description in a box of its own.
    private static ReadOnlySpan<byte> EsdsOf(ReadOnlySpan<byte> entry)
    {
        var isLonger = BinaryPrimitives.ReadUInt16BigEndian(entry[EntryBytes..]) == 1;
        var boxes = entry[Math.Min(entry.Length, EntryBytes + SoundBytes + (isLonger ? 16 : 0))..];
        return Box.Find(boxes, Esds) is { IsEmpty: false } plain ? plain : Box.Find(Box.Find(boxes, Wave), Esds);
    }
}
