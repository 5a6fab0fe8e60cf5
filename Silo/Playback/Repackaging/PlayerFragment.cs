using System.Buffers.Binary;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Playback.Repackaging;

/// <summary>Makes of a stored fragment the one that a browser takes: pictures and AAC as they are, G.711 as FLAC, all of it later by a while.</summary>
internal static class PlayerFragment
{
    private static readonly BoxType Mfhd = BoxType.Of("mfhd"u8);

    public static byte[] Write(ReadOnlySpan<byte> fragment, Tracks tracks, TimeSpan later)
    {
        var moof = Box.Find(fragment, BoxType.Moof);
        var (writer, media) = (new BoxWriter(), new BoxWriter());
        var offsets = new List<(int At, int InMedia)>();
        var whole = writer.Begin(BoxType.Moof);
        var left = fragment.Length; // each byte is of one run at most: runs that share theirs would make gigabytes of a few
        foreach (var box in Box.Read(moof))
        {
            if (box.Type == Mfhd)
            {
                writer.Box(Mfhd, moof[box.Body]);
            }
            else if (box.Type == BoxType.Traf)
            {
                WriteTrack(moof[box.Body], fragment, tracks, later, writer, media, offsets, ref left);
            }
        }

        writer.End(whole);

        // Where a run's bytes are is counted from the beginning of the moof.
        var begin = writer.Length + 8;
        offsets.ForEach(offset => writer.Set(offset.At, (uint)(begin + offset.InMedia)));
        writer.Box(BoxType.Mdat, media.Written);
        return writer.Written.ToArray();
    }

    private static void WriteTrack(
        ReadOnlySpan<byte> traf, ReadOnlySpan<byte> fragment, Tracks tracks, TimeSpan later, BoxWriter writer, BoxWriter media, List<(int At, int InMedia)> offsets, ref int left)
    {
        var header = TrackHeader.Read(Box.Find(traf, BoxType.Tfhd));
        if (tracks.All.FirstOrDefault(known => known.Id == header.Track) is not { } track)
        {
            return;
        }

        var begun = writer.Begin(BoxType.Traf);
        var sample = 0UL;
        foreach (var box in Box.Read(traf))
        {
            var body = traf[box.Body];
            if (box.Type == BoxType.Tfdt)
            {
                var time = TimeOf(body);
                sample = time;
                writer.Box(BoxType.Tfdt, TimeBody(time + (ulong)Math.Round(later.TotalSeconds * track.Timescale)));
            }
            else if (box.Type != BoxType.Trun)
            {
                writer.Box(box.Type, body);
            }
            else
            {
                var run = TrackRun.Read(body, header, track);
                var bytes = run.Bytes(fragment);
                left = bytes.Length <= left ? left - bytes.Length : throw MediaError.Malformed("runs of samples that share their bytes");
                offsets.Add((writer.Length + TrackRun.OffsetAt, media.Length));
                if (track.Codec is "alaw" or "ulaw")
                {
                    writer.Box(BoxType.Trun, run.With(Encode(run, bytes, track, ref sample, media)));
                }
                else
                {
                    writer.Box(BoxType.Trun, body);
                    media.Bytes(bytes);
                }
            }
        }

        writer.End(begun);
    }

    // Each packet of the camera becomes a frame, which keeps its length in time: where a packet was lost, the sound waits as it did.
    private static List<int> Encode(TrackRun run, ReadOnlySpan<byte> bytes, Track track, ref ulong sample, BoxWriter media)
    {
        var (table, sizes, at) = (G711.TableOf(track.Codec), new List<int>(), 0);
        foreach (var (duration, size) in run.Samples)
        {
            if (size is 0 or > Flac.MostSamples)
            {
                throw MediaError.Malformed($"a packet of {size} bytes of sound");
            }

            sizes.Add(Flac.Write(bytes.Slice(at, (int)size), table, sample, media));
            at += (int)size;
            sample += duration;
        }

        return sizes;
    }

    private static ulong TimeOf(ReadOnlySpan<byte> tfdt)
    {
        var fields = new Fields(tfdt);
        return fields.FullBox().Version == 1 ? fields.UInt64() : fields.UInt32();
    }

    private static byte[] TimeBody(ulong time)
    {
        var body = new byte[12];
        body[0] = 1;
        BinaryPrimitives.WriteUInt64BigEndian(body.AsSpan(4), time);
        return body;
    }
}
