using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Makes the certificate of an erasure (R9).</summary>
public static class Certificates
{
    /// <summary>The certificate that an entry of the trail holds.</summary>
    public static Certificate In(AuditRecord entry) => AuditDetail.Read<Certificate>(entry.Detail) with { Number = entry.Number };

    /// <summary>The articles that set the term: of what was recorded, or of both where that is not known, and the one that says why so long.</summary>
    internal static IEnumerable<ArticleId> ArticlesOf(MediaTracks? tracks)
    {
        var known = tracks is null or MediaTracks.None ? MediaTracks.Picture | MediaTracks.Sound : tracks.Value;
        if (known.HasFlag(MediaTracks.Picture))
        {
            yield return ArticleId.Picture;
        }

        if (known.HasFlag(MediaTracks.Sound))
        {
            yield return ArticleId.Sound;
        }

        yield return ArticleId.RetentionReasons;
    }

    public static Certificate Of(Erasure erasure, ErasureReason reason, ErasedBy by) => new()
    {
        Number = 0,
        Recording = erasure.Recording,
        Site = erasure.Site,
        Room = erasure.Room,
        RegulationVersion = erasure.RegulationVersion,
        Reason = reason,
        By = by,
        Span = erasure.Span,
        DueAt = erasure.DueAt,
        ErasedAt = erasure.ErasedAt,
        Parts = erasure.Parts,
        KeyId = erasure.KeyId,
        RingGeneration = erasure.RingGeneration,
        Method = erasure.Method,
        OpensAfterwards = erasure.OpensAfterwards,
        Check = erasure.Check,
        Limits = erasure.Limits,
        Storage = erasure.Storage,
        Tracks = erasure.Tracks,
    };

    /// <summary>Says of which parts that were recorded no file was left to overwrite.</summary>
    internal static Erasure WithoutFileOf(this Erasure erasure, IEnumerable<PartId> recorded)
    {
        var missing = recorded.Except(erasure.Parts.Select(part => part.Id)).ToList();
        return missing.Count == 0 ? erasure : erasure with
        {
            Check = string.Create(CultureInfo.InvariantCulture, $"{erasure.Check} Of {missing.Count} part(s) that had been recorded no file was there any more, so none was overwritten: {string.Join(", ", missing)}. No key ring that was asked opens them any more."),
        };
    }

    /// <summary>The vault has no file of the recording, and perhaps not even its key: it was lost, or never came to a stored fragment. That is said, not hidden.</summary>
    internal static Certificate OfNothing(
        RecordingId recording, string site, Making making, RecordingState state, ErasureReason reason, ErasedBy by, DateTimeOffset dueAt, DateTimeOffset now, Erasure? ofKey) => new()
    {
        Number = 0,
        Recording = recording,
        Site = site,
        Room = making.Order.Room.Value,
        Booking = making.Order.Booking,
        RegulationVersion = making.RegulationVersion,
        Reason = reason,
        By = by,
        Span = new TimeRange(making.StartedAt, state.EndedAt ?? making.ExpiresAt),
        DueAt = dueAt,
        ErasedAt = ofKey?.ErasedAt ?? now,
        Parts = [.. state.Parts.Select(part => new ErasedPart(part.Id, 0, "", part.Tracks))],
        KeyId = Guid.Empty,
        RingGeneration = ofKey?.RingGeneration ?? 0,
        Method = ofKey is null ? "Nothing was left to destroy: the vault held neither key nor files of this recording." : $"No file was left to overwrite. {ofKey.Method}",
        OpensAfterwards = false,
        Check = ofKey?.WithoutFileOf(state.Parts.Select(part => part.Id)).Check ?? "The vault was asked for its parts and had none.",
        Limits = "Why there was nothing is not known. If the recording had parts, they were lost before their term.",
        Storage = ofKey?.Storage ?? "",
    };
}
