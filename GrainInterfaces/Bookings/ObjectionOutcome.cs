using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What was decided on an objection. The first decision is the one that counts; a later call is told of it.</summary>
[GenerateSerializer, Immutable, Alias("objection-outcome")]
public abstract record ObjectionOutcome : IOutcome
{
    private ObjectionOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Nothing is recorded; what was made is gone.</summary>
    /// <param name="Objection">The objection with its decision.</param>
    /// <param name="Room">The room of the talk.</param>
    /// <param name="Certificate">Number of the certificate of what was made; null when nothing was.</param>
    /// <param name="RoomsWithoutCamera">Rooms to swap to, free for the rest of the talk; none once it is over.</param>
    [GenerateSerializer, Immutable, Alias("objection-outcome.upheld")]
    public sealed record Upheld(Objection Objection, RoomId Room, long? Certificate, ImmutableArray<RoomId> RoomsWithoutCamera) : ObjectionOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Recording goes on while the talk does, and what was made may be looked at again, once no other objection is open.</summary>
    [GenerateSerializer, Immutable, Alias("objection-outcome.rejected")]
    public sealed record Rejected(Objection Objection, RoomId Room) : ObjectionOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Who holds the talk, or assessed it before, does not assess it anew (R5).</summary>
    [GenerateSerializer, Immutable, Alias("objection-outcome.not-by-you")]
    public sealed record NotByYou : ObjectionOutcome
    {
        public override string? Refusal => "who holds the talk or assessed it before does not decide on the objection";
    }
}
