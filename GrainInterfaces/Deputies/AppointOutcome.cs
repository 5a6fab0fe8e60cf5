namespace RecordingCluster.GrainInterfaces.Deputies;

/// <summary>What became of appointing a deputy.</summary>
[GenerateSerializer, Immutable, Alias("appoint-outcome")]
public abstract record AppointOutcome : IOutcome
{
    private AppointOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>It holds for its days.</summary>
    [GenerateSerializer, Immutable, Alias("appoint-outcome.appointed")]
    public sealed record Appointed(Appointment Appointment) : AppointOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The signature does not hold, or the person named is no deputy.</summary>
    /// <param name="Why">In words for the trail.</param>
    [GenerateSerializer, Immutable, Alias("appoint-outcome.not-right")]
    public sealed record NotRight(string Why) : AppointOutcome
    {
        public override string? Refusal => Why;
    }
}
