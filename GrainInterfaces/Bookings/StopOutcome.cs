namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of stopping a talk.</summary>
[GenerateSerializer, Immutable, Alias("stop-outcome")]
public abstract record StopOutcome : IOutcome
{
    private StopOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Nothing is being recorded any more.</summary>
    [GenerateSerializer, Immutable, Alias("stop-outcome.stopped")]
    public sealed record Stopped(DateTimeOffset At) : StopOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>It had ended before, at this moment.</summary>
    [GenerateSerializer, Immutable, Alias("stop-outcome.already-stopped")]
    public sealed record AlreadyStopped(DateTimeOffset At) : StopOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The talk was never started.</summary>
    [GenerateSerializer, Immutable, Alias("stop-outcome.not-started")]
    public sealed record NotStarted : StopOutcome
    {
        public override string? Refusal => "the talk was not started";
    }
}
