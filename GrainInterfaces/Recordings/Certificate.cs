using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Says that a recording is gone, what was done for it, and what that cannot prove.</summary>
/// <remarks>Written once a recording, into the trail, whose chain makes a change visible. It outlives the recording's own state.</remarks>
[GenerateSerializer, Immutable, Alias("certificate")]
public sealed record Certificate
{
    /// <summary>The number by which it is cited: the number of its entry in the trail. 0 until it is written there.</summary>
    [Id(0)] public required long Number { get; init; }
    [Id(1)] public required RecordingId Recording { get; init; }
    [Id(2)] public required string Site { get; init; }
    [Id(3)] public required string Room { get; init; }
    [Id(4)] public required string RegulationVersion { get; init; }

    /// <summary>Why it was erased: the term, or a decision.</summary>
    [Id(5)] public required ErasureReason Reason { get; init; }

    /// <summary>What started the erasure: the grain's reminder or the sweep over file headers.</summary>
    [Id(6)] public required ErasedBy By { get; init; }
    [Id(7)] public required TimeRange Span { get; init; }
    [Id(8)] public required DateTimeOffset DueAt { get; init; }
    [Id(9)] public required DateTimeOffset ErasedAt { get; init; }
    [Id(10)] public required ImmutableArray<ErasedPart> Parts { get; init; }

    /// <summary>The recording's key by id, never by value.</summary>
    [Id(11)] public required Guid KeyId { get; init; }

    /// <summary>Generation of the key ring in which the key is no longer found.</summary>
    [Id(12)] public required long RingGeneration { get; init; }

    /// <summary>What was done, step by step.</summary>
    [Id(13)] public required string Method { get; init; }

    /// <summary>Whether it could be opened afterwards: always tried, must be false.</summary>
    [Id(14)] public required bool OpensAfterwards { get; init; }

    /// <summary>What was tried to open it, and what that gave.</summary>
    [Id(15)] public required string Check { get; init; }

    /// <summary>What this does not prove.</summary>
    [Id(16)] public required string Limits { get; init; }

    /// <summary>The machine and the file system the parts were on.</summary>
    [Id(17)] public required string Storage { get; init; }

    public TimeSpan Lateness => ErasedAt - DueAt;
}

/// <summary>One erased part.</summary>
/// <param name="Id">Its name.</param>
/// <param name="SealedBytes">Size of its file before.</param>
/// <param name="Sha256">Digest of the sealed bytes, in lower-case hexadecimal; empty when the file was not there.</param>
[GenerateSerializer, Immutable, Alias("erased-part")]
public sealed record ErasedPart(PartId Id, long SealedBytes, string Sha256);

/// <summary>Why a recording was erased.</summary>
[Alias("erasure-reason")]
public enum ErasureReason
{
    /// <summary>Its term had passed.</summary>
    TermPassed,

    /// <summary>An objection against it was upheld (R5). It was due from that decision on.</summary>
    ObjectionUpheld,
}

/// <summary>What started an erasure.</summary>
[Alias("erased-by")]
public enum ErasedBy
{
    /// <summary>The recording's own reminder (R9).</summary>
    Reminder,

    /// <summary>Its own grain, called because it fell due while nobody could tick: after downtime, at most 5 minutes late (R9).</summary>
    CatchUp,

    /// <summary>The sweep that reads only the headers of the vault's files (R10).</summary>
    Sweep,

    /// <summary>A decision, at once: an objection was upheld (R5).</summary>
    Decision,
}
