using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of asking for a room.</summary>
[GenerateSerializer, Immutable, Alias("book-outcome")]
public abstract record BookOutcome : IOutcome
{
    private BookOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>The booking has this room.</summary>
    [GenerateSerializer, Immutable, Alias("book-outcome.given")]
    public sealed record Given(RoomId Room) : BookOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>No room of the kind that the risk asks for is free. Nothing is booked; never is a lesser room given (R1).</summary>
    /// <param name="NextFree">Times of the same length when one is free, soonest first.</param>
    [GenerateSerializer, Immutable, Alias("book-outcome.none-free")]
    public sealed record NoneFree(ImmutableArray<TimeRange> NextFree) : BookOutcome
    {
        public override string? Refusal => "no room of the kind this risk asks for is free then";
    }
}
