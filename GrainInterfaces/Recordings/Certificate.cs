using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Says that a recording is gone, what was done for it, and what that cannot prove.</summary>
/// <remarks>
/// Written once a recording, into the trail, whose chain makes a change visible. It outlives the recording's own state. Each
/// names the hash of the one before it and is signed by the silo that wrote it, so that it can be shown by itself.
/// </remarks>
[GenerateSerializer, Immutable, Alias("certificate")]
public sealed partial record Certificate
{
    /// <summary>The deed by which it stands in the trail.</summary>
    public const string Deed = "certificate";

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

    /// <summary>The talk it was made of; null where the vault alone still knew of the recording.</summary>
    [Id(18)] public BookingId? Booking { get; init; }

    /// <summary>The articles of the regulation that set the term, for picture and for sound.</summary>
    [Id(19)] public string Articles { get; init; } = "";

    /// <summary>What was recorded; null where that could not be read any more.</summary>
    [Id(20)] public MediaTracks? Tracks { get; init; }

    /// <summary>The clock that these times are by.</summary>
    [Id(21)] public ClockReading? Clock { get; init; }

    /// <summary>Hash of the words of the certificate before it (<see cref="HashOfWords"/>), in lower-case hexadecimal.</summary>
    [Id(22)] public string Previous { get; init; } = "";

    /// <summary>The silo's signature under <see cref="Words"/>; null until it is written into the trail.</summary>
    [Id(23)] public SiloSeal? Seal { get; init; }

    public TimeSpan Lateness => ErasedAt - DueAt;
}

/// <summary>What a recording holds.</summary>
[Flags, Alias("media-tracks")]
public enum MediaTracks
{
    None = 0,
    Picture = 1,
    Sound = 2,
}

/// <summary>One erased part.</summary>
/// <param name="Id">Its name.</param>
/// <param name="SealedBytes">Size of its file before.</param>
/// <param name="Sha256">Digest of the sealed bytes, in lower-case hexadecimal; empty when the file was not there, or its disk did not give it back.</param>
/// <param name="Tracks">What it was made with; null when its header could not be read.</param>
/// <param name="CopyIn">The vault that had it, when it was the copy of a part; null for the part itself.</param>
[GenerateSerializer, Immutable, Alias("erased-part")]
public sealed record ErasedPart(PartId Id, long SealedBytes, string Sha256, MediaTracks? Tracks = null, string? CopyIn = null);

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
