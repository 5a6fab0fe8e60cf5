using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Where a recording is in its life.</summary>
[Alias("recording-stage")]
public enum RecordingStage
{
    /// <summary>There never was one by this id, as far as is known here.</summary>
    Unknown,

    /// <summary>A camera is recording it.</summary>
    Capturing,

    /// <summary>Ended; can be looked at with a grant.</summary>
    Sealed,

    /// <summary>An objection is open: nothing is recorded and nothing is shown, with or without a grant (R5).</summary>
    Held,

    /// <summary>An objection was upheld: nothing of it can be read, erasure follows at once or is under way (R5).</summary>
    Erasing,

    /// <summary>Past its term: nothing of it can be read, erasure follows or is under way.</summary>
    Expired,

    /// <summary>Gone, with a certificate.</summary>
    Erased,
}

/// <summary>What may be told of a recording without showing it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Booking">The talk; null when there is no recording, or not any more. So it is with all that follows.</param>
/// <param name="Room">Where the talk is now.</param>
/// <param name="StartedAt">From here its term counts.</param>
/// <param name="EndedAt">When it ended; null while it goes on.</param>
/// <param name="ExpiresAt">When it is erased.</param>
/// <param name="Parts">In order.</param>
/// <param name="Certificate">That it is gone.</param>
/// <param name="Copies">What other vaults have of the parts, as last told. No parts themselves.</param>
[GenerateSerializer, Immutable, Alias("recording-view")]
public sealed record RecordingView(
    RecordingId Id,
    RecordingStage Stage,
    BookingId? Booking,
    RoomId? Room,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? ExpiresAt,
    ImmutableArray<Part> Parts,
    Certificate? Certificate,
    ImmutableArray<PartCopy> Copies);
