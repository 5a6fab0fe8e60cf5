using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of putting in an objection.</summary>
[GenerateSerializer, Immutable, Alias("object-outcome")]
public abstract record ObjectOutcome : IOutcome
{
    private ObjectOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>
    /// It is open: nothing is recorded and nothing is shown until it is decided. Its entry in the trail is what the yearly
    /// report counts, by booking and number.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("object-outcome.open")]
    public sealed record Open(Objection Objection, RoomId Room) : ObjectOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Nothing of this talk is recorded or will be.</summary>
    [GenerateSerializer, Immutable, Alias("object-outcome.nothing-recorded")]
    public sealed record NothingRecorded : ObjectOutcome
    {
        public override string? Refusal => "nothing of this talk is recorded";
    }

    /// <summary>The recording no longer exists.</summary>
    /// <param name="Certificate">Number of the certificate of its erasure; null while erasure has yet to run.</param>
    [GenerateSerializer, Immutable, Alias("object-outcome.gone")]
    public sealed record Gone(long? Certificate) : ObjectOutcome
    {
        public override string? Refusal => Certificate is { } number ? $"no longer exists: certificate {number}" : "no longer exists: its term has passed";
    }
}
