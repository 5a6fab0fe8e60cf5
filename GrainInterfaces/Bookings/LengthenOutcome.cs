namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of lengthening a talk that goes on.</summary>
[GenerateSerializer, Immutable, Alias("lengthen-outcome")]
public abstract record LengthenOutcome : IOutcome
{
    private LengthenOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>The talk is booked until then, and recording goes on until then and its grace.</summary>
    [GenerateSerializer, Immutable, Alias("lengthen-outcome.lengthened")]
    public sealed record Lengthened(DateTimeOffset Until) : LengthenOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Another booking has the room. Nothing changed.</summary>
    /// <param name="Latest">The latest end that is free; not later than the present end when there is no room at all.</param>
    [GenerateSerializer, Immutable, Alias("lengthen-outcome.in-the-way")]
    public sealed record InTheWay(DateTimeOffset Latest) : LengthenOutcome
    {
        public override string? Refusal => $"another booking has the room; it is free until {Latest:u}";
    }

    /// <summary>The talk is not going on.</summary>
    [GenerateSerializer, Immutable, Alias("lengthen-outcome.not-talking")]
    public sealed record NotTalking : LengthenOutcome
    {
        public override string? Refusal => "the talk is not going on";
    }
}
