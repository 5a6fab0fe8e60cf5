namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>Why a yes is taken back.</summary>
[Alias("withdrawal-reason")]
public enum WithdrawalReason
{
    /// <summary>There is no need for it any more.</summary>
    NoLongerNecessary,

    /// <summary>It should not have been given, or not like this.</summary>
    GivenInError,

    /// <summary>Somebody objects, and it is looked at again.</summary>
    Objection,

    /// <summary>It seems to be used for something else.</summary>
    SuspectedMisuse,
}

/// <summary>What became of withdrawing a grant.</summary>
[GenerateSerializer, Immutable, Alias("withdraw-outcome")]
public abstract record WithdrawOutcome : IOutcome
{
    private WithdrawOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>Nothing is shown by it any more. The first withdrawal is the one that counts, and is what is answered.</summary>
    [GenerateSerializer, Immutable, Alias("withdraw-outcome.done")]
    public sealed record Done(Decision.Withdrawn Decision) : WithdrawOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>There is no grant that holds.</summary>
    [GenerateSerializer, Immutable, Alias("withdraw-outcome.no-grant")]
    public sealed record NoGrant : WithdrawOutcome
    {
        public override string? Refusal => "there is no grant to withdraw";
    }

    /// <summary>The deputy who calls is not appointed for today.</summary>
    [GenerateSerializer, Immutable, Alias("withdraw-outcome.not-today")]
    public sealed record NotToday : WithdrawOutcome
    {
        public override string? Refusal => new Decision.NotToday().Refusal;
    }
}
