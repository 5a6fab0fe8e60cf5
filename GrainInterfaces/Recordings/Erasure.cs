using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What an erasure destroyed, and how. The certificate is made of it.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Site">From the header of its parts, as are room and regulation version.</param>
/// <param name="Room">The room it was made in.</param>
/// <param name="RegulationVersion">The regulation it was made under.</param>
/// <param name="Span">From the start of the first part to the end of the last.</param>
/// <param name="DueAt">When its term passed.</param>
/// <param name="ErasedAt">When the last step was done.</param>
/// <param name="Parts">What was erased.</param>
/// <param name="KeyId">The key that is gone.</param>
/// <param name="RingGeneration">The key ring's generation without it.</param>
/// <param name="Method">What was done.</param>
/// <param name="OpensAfterwards">Whether it could be opened all the same; then it is not erased, and an alarm is due.</param>
/// <param name="Check">What was tried.</param>
/// <param name="Limits">What all this cannot prove.</param>
/// <param name="Storage">Machine and file system.</param>
/// <param name="Tracks">What it held, as far as its sealed facts could still be read.</param>
[GenerateSerializer, Immutable, Alias("erasure")]
public sealed record Erasure(
    RecordingId Recording,
    string Site,
    string Room,
    string RegulationVersion,
    TimeRange Span,
    DateTimeOffset DueAt,
    DateTimeOffset ErasedAt,
    ImmutableArray<ErasedPart> Parts,
    Guid KeyId,
    long RingGeneration,
    string Method,
    bool OpensAfterwards,
    string Check,
    string Limits,
    string Storage,
    MediaTracks? Tracks);
