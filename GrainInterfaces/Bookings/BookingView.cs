using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>Where a booking is.</summary>
[Alias("booking-stage")]
public enum BookingStage
{
    /// <summary>Nothing is booked under this reference.</summary>
    Unknown,

    /// <summary>It has a room.</summary>
    Booked,

    /// <summary>The talk is going on.</summary>
    Talking,

    /// <summary>The talk is over.</summary>
    Ended,
}

/// <summary>What a booking holds.</summary>
[GenerateSerializer, Immutable, Alias("booking-view")]
public sealed record BookingView(
    BookingId Id,
    BookingStage Stage,
    TimeRange? Time,
    RiskAssessment? Assessment,
    RoomId? Room,
    DateOnly? LetterSentOn,
    RecordingId? Recording,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt);
