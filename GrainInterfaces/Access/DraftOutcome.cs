namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What became of asking what an approval would say.</summary>
[GenerateSerializer, Immutable, Alias("draft-outcome")]
public abstract record DraftOutcome : IOutcome
{
    private DraftOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>This is what an approval now would grant. It takes effect once it is signed and handed in.</summary>
    [GenerateSerializer, Immutable, Alias("draft-outcome.drawn")]
    public sealed record Drawn(GrantStatement Statement) : DraftOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>There is nothing to approve: it was decided before, or cannot be decided by this caller.</summary>
    [GenerateSerializer, Immutable, Alias("draft-outcome.nothing")]
    public sealed record NothingToApprove(Decision Decision) : DraftOutcome
    {
        public override string? Refusal => Decision.Refusal ?? "it was decided before";
    }
}
