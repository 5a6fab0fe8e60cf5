using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
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

    /// <summary>The talk is not held.</summary>
    Cancelled,
}

/// <summary>What a booking holds. What is not known yet, or not true in its stage, is null or empty.</summary>
[GenerateSerializer, Immutable, Alias("booking-view")]
public sealed record BookingView
{
    [Id(0)] public required BookingId Id { get; init; }
    [Id(1)] public required BookingStage Stage { get; init; }
    [Id(2)] public TimeRange? Time { get; init; }
    [Id(3)] public RoomId? Room { get; init; }

    /// <summary>Every assessment that was made, the one in force last.</summary>
    [Id(4)] public ImmutableArray<AssessmentMade> Assessments { get; init; } = [];

    /// <summary>The second official behind the assessment in force.</summary>
    [Id(5)] public Confirmation? Confirmed { get; init; }
    [Id(6)] public LetterNotice? Letter { get; init; }
    [Id(7)] public SpokenNotice? Spoken { get; init; }

    /// <summary>The last camera that did not record at a start, and what was chosen instead.</summary>
    [Id(8)] public CameraOff? CameraOff { get; init; }

    /// <summary>The recording, also when it is gone.</summary>
    [Id(9)] public RecordingId? Recording { get; init; }

    /// <summary>Why the talk was begun with recording off.</summary>
    [Id(10)] public WhyUnrecorded? Unrecorded { get; init; }

    /// <summary>Who started the talk, by opaque subject.</summary>
    [Id(11)] public string? Interviewer { get; init; }
    [Id(12)] public DateTimeOffset? StartedAt { get; init; }
    [Id(13)] public DateTimeOffset? EndedAt { get; init; }
    [Id(14)] public ImmutableArray<Objection> Objections { get; init; } = [];

    /// <summary>Why and since when nothing is recorded of a talk that should be; null when all is well (R7).</summary>
    [Id(15)] public CaptureGap? Gap { get; init; }

    /// <summary>The assessment in force.</summary>
    public RiskAssessment? Assessment => Assessments.IsEmpty ? null : Assessments[^1].Assessment;
}
