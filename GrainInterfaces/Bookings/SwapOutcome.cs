using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of taking a talk to another room. Whatever is refused leaves talk and recording where they were.</summary>
[GenerateSerializer, Immutable, Alias("swap-outcome")]
public abstract record SwapOutcome : IOutcome
{
    private SwapOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>The booking has that room. A recording goes on there as a new part.</summary>
    [GenerateSerializer, Immutable, Alias("swap-outcome.swapped")]
    public sealed record Swapped(RoomId Room) : SwapOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The room is of another kind than the risk asks for (R1): an exception is a new assessment.</summary>
    [GenerateSerializer, Immutable, Alias("swap-outcome.other-kind")]
    public sealed record OtherKind(bool NeedsCamera) : SwapOutcome
    {
        public override string? Refusal => NeedsCamera ? "the risk asks for a room with a camera" : "the risk asks for a room without a camera";
    }

    /// <summary>Another booking or talk has the room.</summary>
    /// <param name="Free">The rooms of the right kind that are free then.</param>
    [GenerateSerializer, Immutable, Alias("swap-outcome.not-free")]
    public sealed record NotFree(ImmutableArray<RoomId> Free) : SwapOutcome
    {
        public override string? Refusal => $"the room is not free; free are: {string.Join(", ", Free)}";
    }

    /// <summary>The talk is being recorded, and the other room does not have its notice (R3).</summary>
    [GenerateSerializer, Immutable, Alias("swap-outcome.notices-missing")]
    public sealed record NoticesMissing(ImmutableArray<NoticeKind> Missing) : SwapOutcome
    {
        public override string? Refusal => $"missing: {string.Join(", ", Missing)}";
    }

    /// <summary>The camera there does not record (R7); the recording goes on in the room that it was in.</summary>
    [GenerateSerializer, Immutable, Alias("swap-outcome.camera-not-ready")]
    public sealed record CameraNotReady(CameraId Camera, CameraFault Fault) : SwapOutcome
    {
        public override string? Refusal => $"camera {Camera}: {Fault}";
    }
}
