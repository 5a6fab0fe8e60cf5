namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What became of asking back.</summary>
[GenerateSerializer, Immutable, Alias("ask-back-outcome")]
public abstract record AskBackOutcome : IOutcome
{
    private AskBackOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Who asked is asked.</summary>
    [GenerateSerializer, Immutable, Alias("ask-back-outcome.put")]
    public sealed record Put : AskBackOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Another question waits for its answer.</summary>
    [GenerateSerializer, Immutable, Alias("ask-back-outcome.waiting")]
    public sealed record Waiting(BackQuestion Question) : AskBackOutcome
    {
        public override string? Refusal => $"{Question} waits for its answer";
    }

    /// <summary>This question was answered before, or so many were asked that it is time to decide.</summary>
    [GenerateSerializer, Immutable, Alias("ask-back-outcome.enough")]
    public sealed record Enough : AskBackOutcome
    {
        public override string? Refusal => "it was asked and answered; decide on what is known";
    }

    /// <summary>It was decided before, or this caller does not decide on it.</summary>
    [GenerateSerializer, Immutable, Alias("ask-back-outcome.closed")]
    public sealed record Closed(Decision Decision) : AskBackOutcome
    {
        public override string? Refusal => Decision.Refusal ?? "it was decided before";
    }
}

/// <summary>What became of an answer.</summary>
[GenerateSerializer, Immutable, Alias("answer-outcome")]
public abstract record AnswerOutcome : IOutcome
{
    private AnswerOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>It lies before the secretary.</summary>
    [GenerateSerializer, Immutable, Alias("answer-outcome.answered")]
    public sealed record Answered : AnswerOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>No question waits for an answer.</summary>
    [GenerateSerializer, Immutable, Alias("answer-outcome.nothing-asked")]
    public sealed record NothingAsked : AnswerOutcome
    {
        public override string? Refusal => "no question waits for an answer";
    }

    /// <summary>It was decided before, or its deadline has passed.</summary>
    [GenerateSerializer, Immutable, Alias("answer-outcome.closed")]
    public sealed record Closed(Decision Decision) : AnswerOutcome
    {
        public override string? Refusal => Decision.Refusal ?? "it was decided before";
    }
}
