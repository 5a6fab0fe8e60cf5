namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>What became of standing behind another's assessment.</summary>
[GenerateSerializer, Immutable, Alias("confirm-outcome")]
public abstract record ConfirmOutcome : IOutcome
{
    private ConfirmOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>It is confirmed; the first who did so is the one that counts.</summary>
    [GenerateSerializer, Immutable, Alias("confirm-outcome.confirmed")]
    public sealed record Confirmed(Confirmation Confirmation) : ConfirmOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>Who assessed does not confirm one's own assessment.</summary>
    [GenerateSerializer, Immutable, Alias("confirm-outcome.own-assessment")]
    public sealed record OwnAssessment : ConfirmOutcome
    {
        public override string? Refusal => "who assessed the risk does not confirm it";
    }

    /// <summary>Its grounds need no second official.</summary>
    [GenerateSerializer, Immutable, Alias("confirm-outcome.not-needed")]
    public sealed record NotNeeded : ConfirmOutcome
    {
        public override string? Refusal => "only the ground Other needs a second official";
    }
}
