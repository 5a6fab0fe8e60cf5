using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Bookings;

/// <summary>Where a booking is. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(Booked), "booked")]
[JsonDerivedType(typeof(Starting), "starting")]
[JsonDerivedType(typeof(Talking), "talking")]
[JsonDerivedType(typeof(Swapping), "swapping")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
internal abstract record BookingPhase
{
    private BookingPhase()
    {
    }

    /// <summary>Nothing is booked under this reference.</summary>
    public sealed record Unknown : BookingPhase;

    /// <summary>It has a room.</summary>
    public sealed record Booked(Plan Plan) : BookingPhase;

    /// <summary>The camera is being started; a crash here is taken up under the same recording id.</summary>
    public sealed record Starting(Plan Plan, RecordingId Recording, SpokenNotice Spoken) : BookingPhase;

    /// <summary>The talk is going on.</summary>
    public sealed record Talking(Plan Plan, Talk Talk) : BookingPhase;

    /// <summary>The talk is going to another room; where its recording is found tells how far it came.</summary>
    public sealed record Swapping(Plan Plan, Talk Talk, RoomId To) : BookingPhase;

    /// <summary>The talk is over.</summary>
    public sealed record Ended(Plan Plan, Talk Talk, DateTimeOffset EndedAt) : BookingPhase;

    /// <summary>The talk is not held.</summary>
    public sealed record Cancelled(Plan Plan, DateTimeOffset At) : BookingPhase;
}

/// <summary>What stands from the booking on.</summary>
/// <param name="Time">When the talk is planned.</param>
/// <param name="Room">The room that it has.</param>
/// <param name="Assessments">Every assessment that was made, the one in force last; never empty.</param>
/// <param name="Objections">In the order in which they came.</param>
/// <param name="Confirmed">The second official behind the assessment in force.</param>
/// <param name="Letter">The notice in the invitation.</param>
/// <param name="CameraOff">The last camera that did not record at a start.</param>
internal sealed record Plan(
    TimeRange Time,
    RoomId Room,
    ImmutableArray<AssessmentMade> Assessments,
    ImmutableArray<Objection> Objections,
    Confirmation? Confirmed = null,
    LetterNotice? Letter = null,
    CameraOff? CameraOff = null)
{
    public RiskAssessment Assessment => Assessments[^1].Assessment;

    public BookingRequest Request => new(Time, Assessment);

    public bool HasOpenObjection => Objections.Any(objection => objection.Decision is null);

    /// <summary>Final for this talk.</summary>
    public bool IsObjectionUpheld => Objections.Any(objection => objection.Decision is ObjectionDecision.Upheld);

    /// <summary>Only a talk with a raised risk is recorded (R2), and none against which an objection was upheld (R5).</summary>
    public bool IsToBeRecorded => Assessment.Risk == Risk.Raised && !IsObjectionUpheld;
}

/// <summary>What stands from the start of a talk on.</summary>
internal sealed record Talk(string Interviewer, DateTimeOffset StartedAt, Kept Kept);

/// <summary>How a talk began: recorded, or not.</summary>
[JsonDerivedType(typeof(Recorded), "recorded")]
[JsonDerivedType(typeof(Off), "off")]
internal abstract record Kept
{
    private Kept()
    {
    }

    public sealed record Recorded(RecordingId Recording, SpokenNotice Spoken) : Kept;

    public sealed record Off(WhyUnrecorded Why) : Kept;
}
