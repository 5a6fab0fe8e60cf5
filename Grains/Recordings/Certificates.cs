using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Makes the certificate of an erasure (R9).</summary>
public static class Certificates
{
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
    };

    /// <summary>The vault knows nothing of the recording: it was lost, or never came to a stored fragment. That is said, not hidden.</summary>
    internal static Certificate OfNothing(RecordingId recording, string site, Making making, RecordingState state, ErasureReason reason, ErasedBy by, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        Number = 0,
        Recording = recording,
        Site = site,
        Room = making.Order.Room.Value,
        RegulationVersion = making.RegulationVersion,
        Reason = reason,
        By = by,
        Span = new TimeRange(making.StartedAt, state.EndedAt ?? making.ExpiresAt),
        DueAt = dueAt,
        ErasedAt = now,
        Parts = [.. state.Parts.Select(part => new ErasedPart(part.Id, 0, ""))],
        KeyId = Guid.Empty,
        RingGeneration = 0,
        Method = "Nothing was left to destroy: the vault held neither key nor files of this recording.",
        OpensAfterwards = false,
        Check = "The vault was asked for its parts and had none.",
        Limits = "Why there was nothing is not known. If the recording had parts, they were lost before their term.",
        Storage = "",
    };
}
