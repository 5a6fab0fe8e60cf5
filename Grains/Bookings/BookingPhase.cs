using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Bookings;

/// <summary>Where a booking is. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Unknown), "unknown")]
[JsonDerivedType(typeof(Booked), "booked")]
[JsonDerivedType(typeof(Starting), "starting")]
[JsonDerivedType(typeof(Talking), "talking")]
[JsonDerivedType(typeof(Ended), "ended")]
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
    public sealed record Starting(Plan Plan, RecordingId Recording) : BookingPhase;

    /// <summary>The talk is going on.</summary>
    public sealed record Talking(Plan Plan, RecordingId? Recording, DateTimeOffset StartedAt) : BookingPhase;

    /// <summary>The talk is over.</summary>
    public sealed record Ended(Plan Plan, RecordingId? Recording, DateTimeOffset StartedAt, DateTimeOffset EndedAt) : BookingPhase;
}

/// <summary>What stands from the booking on.</summary>
internal sealed record Plan(BookingRequest Request, RoomId Room, DateOnly? LetterSentOn);
