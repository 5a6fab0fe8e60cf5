using System.Text.Json.Serialization;

namespace RecordingCluster.Silo.Identity;

/// <summary>What one person proposed and another decides on.</summary>
internal sealed class Proposal
{
    // A week holds one working day of everybody; what nobody confirmed by then is asked for again, with people as they then are.
    public static readonly TimeSpan Term = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required string By { get; init; }

    public required PeopleChange Change { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of the word that the proposer hands to the person, where the change gives a link.</summary>
    public byte[]? CodeDigest { get; init; }

    public ProposalPhase Phase { get; set; } = new ProposalPhase.Open();

    public byte[] Seal { get; set; } = [];

    public ProposalFacts Facts => new(By, Change, ExpiresAt, Phase);
}

/// <summary>What the rules need to know of a proposal.</summary>
internal sealed record ProposalFacts(string By, PeopleChange Change, DateTimeOffset ExpiresAt, ProposalPhase Phase);

/// <summary>Where a proposal is. Each phase holds only the facts that are true in it.</summary>
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Refused), "refused")]
internal abstract record ProposalPhase
{
    private ProposalPhase()
    {
    }

    public sealed record Open : ProposalPhase;

    public sealed record Confirmed(string By, DateTimeOffset At) : ProposalPhase;

    public sealed record Refused(string By, DateTimeOffset At) : ProposalPhase;
}
