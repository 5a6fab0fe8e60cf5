using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Silo.Playback;

/// <summary>The HLS playlist of a viewing (RFC 8216): durations come from the vault's index, since the stored moov has none.</summary>
internal static class Playlist
{
    public const string MediaType = "application/vnd.apple.mpegurl";

    /// <summary>The class of a stretch that is there and cannot be shown now. A gap has none: of that there is nothing.</summary>
    public const string Away = "not-reachable-now";

    /// <summary>The class of a stretch that was recorded and no longer opens.</summary>
    public const string Damaged = "damaged";

    public static string Write(ImmutableArray<VisiblePart> parts, ImmutableArray<Part> away, ImmutableArray<TimeRange> damaged)
    {
        var longest = parts.SelectMany(part => part.Fragments).Select(fragment => fragment.Length.TotalSeconds).DefaultIfEmpty(1).Max();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-TARGETDURATION:{Math.Ceiling(longest)}\n");
        foreach (var part in away)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Stretch($"{part.Id.Epoch}-{part.Id.Number}", Away, part.Span)}\n");
        }

        foreach (var stretch in damaged)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Stretch($"{Damaged}-{damaged.IndexOf(stretch) + 1}", Damaged, stretch)}\n");
        }

        foreach (var part in parts)
        {
            if (part != parts[0])
            {
                text.Append("#EXT-X-DISCONTINUITY\n");
            }

            var name = $"parts/{part.Id.Epoch}-{part.Id.Number}";
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MAP:URI=\"{name}/init.mp4\"\n#EXT-X-PROGRAM-DATE-TIME:{part.Fragments[0].From.UtcDateTime:O}\n");
            foreach (var fragment in part.Fragments)
            {
                text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{fragment.Length.TotalSeconds:F6},\n{name}/fragments/{fragment.Number}.m4s\n");
            }
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    private static string Stretch(string id, string kind, TimeRange span) => string.Create(
        CultureInfo.InvariantCulture, $"#EXT-X-DATERANGE:ID=\"{id}\",CLASS=\"{kind}\",START-DATE=\"{span.From.UtcDateTime:O}\",DURATION={span.Length.TotalSeconds:F3}");
}
