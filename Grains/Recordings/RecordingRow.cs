using System.Collections.Immutable;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>What the stored row of a recording's grain says, for who compares it with the vault without asking the grain.</summary>
/// <param name="Id">Whose row.</param>
/// <param name="ExpiresAt">When its term passes.</param>
/// <param name="IsOpen">Parts may still be written, so files may be ahead of the row.</param>
/// <param name="Parts">The parts that it knows of.</param>
public sealed record RecordingRow(RecordingId Id, DateTimeOffset ExpiresAt, bool IsOpen, ImmutableArray<Part> Parts)
{
    /// <summary>An objection was upheld: nothing of it may be left anywhere.</summary>
    public bool IsCondemned { get; init; }

    /// <summary>Who recorded.</summary>
    public ImmutableArray<Lease> Leases { get; init; } = [];

    /// <summary>What of it does not count.</summary>
    public ImmutableArray<Fence> Fences { get; init; } = [];

    /// <summary>What other vaults have of its parts.</summary>
    public ImmutableArray<PartCopy> Copies { get; init; } = [];

    /// <summary>The grain's type, as it stands in the table of grain states.</summary>
    public const string GrainType = "recording";

    /// <summary>What of it the vault of one silo should have; null where all of it is in the vaults of others.</summary>
    /// <param name="silo">The silo; null where there is one alone.</param>
    public RecordingRow? In(string? silo)
    {
        var here = silo is null ? Parts : [.. Parts.Where(part => part.Vault is null || part.Vault == silo), .. Copies.Where(copy => copy.Vault == silo).Select(AsFile)];
        return here.IsEmpty && !Parts.IsEmpty ? null : this with { Parts = here };
    }

    /// <summary>Whether a silo may have recorded more than it was heard to: its end, or all of a part, is not known.</summary>
    public bool MayLack(string silo) => Leases.Where(lease => lease.Vault == silo)
        .Any(lease => Parts.Where(part => part.Id.Epoch == lease.Epoch).ToList() is var made && (made.Count == 0 || made.Any(part => part.State == PartState.Open)));

    // A copy's file has the name of its part, and must hold what was told of it.
    private static Part AsFile(PartCopy copy) => new(copy.Part, default, copy.Fragments, 0, TimeSpan.Zero, 0, copy.IsWhole ? PartState.Closed : PartState.Open, Vault: copy.Vault);

    /// <summary>Null for a recording that never began.</summary>
    /// <exception cref="RecordingClusterException">DataLoss: it is no row of a recording.</exception>
    public static RecordingRow? Read(RecordingId id, ReadOnlySpan<byte> json, JsonSerializerOptions options)
    {
        try
        {
            var state = JsonSerializer.Deserialize<RecordingState>(json, options);
            return state?.Making is { } making
                ? new RecordingRow(id, making.ExpiresAt, state.Phase is not (RecordingPhase.Sealed or RecordingPhase.Closed), state.Parts)
                {
                    IsCondemned = state.Phase is RecordingPhase.Condemned,
                    Leases = state.Leases,
                    Fences = state.Fences,
                    Copies = state.Copies,
                }
                : null;
        }
        catch (JsonException fault)
        {
            throw new RecordingClusterException(ErrorKind.DataLoss, $"The row of {id} is no state of a recording. Restore the database from its backup.", fault);
        }
    }
}
