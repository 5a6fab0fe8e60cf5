namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of cancelling a booking.</summary>
[GenerateSerializer, Immutable, Alias("cancel-outcome")]
public abstract record CancelOutcome : IOutcome
{
    private CancelOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>The talk is not held, and its room is free; the first time counts.</summary>
    [GenerateSerializer, Immutable, Alias("cancel-outcome.cancelled")]
    public sealed record Cancelled(DateTimeOffset At) : CancelOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The talk has begun: it is ended, not cancelled.</summary>
    [GenerateSerializer, Immutable, Alias("cancel-outcome.begun")]
    public sealed record Begun(DateTimeOffset At) : CancelOutcome
    {
        public override string? Refusal => $"the talk began at {At:u}";
    }
}
