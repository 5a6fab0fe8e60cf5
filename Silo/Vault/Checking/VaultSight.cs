using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Vault.Checking;

/// <summary>One part's file, as it was found.</summary>
/// <param name="Id">By its name.</param>
/// <param name="ExpiresAt">By its header; null when that cannot be read.</param>
/// <param name="HasKey">Whether the ring holds its recording's key.</param>
/// <param name="Fragments">How many sound ones it holds; null when it cannot be opened.</param>
/// <param name="State">How it ended; null when it cannot be opened.</param>
/// <param name="Fault">What is wrong with it by itself; null when nothing is.</param>
/// <param name="IsCopy">It is a copy of another vault's part, by its header, and stays open until that part says how it ended.</param>
internal sealed record SeenPart(PartId Id, DateTimeOffset? ExpiresAt, bool HasKey, int? Fragments, PartState? State, string? Fault, bool IsCopy = false);

/// <summary>All that is compared: files, ring, rows and certificates as they were at about one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Parts">The parts' files.</param>
/// <param name="Strays">Files in the vault's folder that are none of its own.</param>
/// <param name="Erasing">Recordings with a record of their erasure, and when that was begun.</param>
/// <param name="Keys">Recordings with a key in the ring.</param>
/// <param name="Rows">The rows of recordings' grains.</param>
/// <param name="Certificates">All certificates, in order.</param>
internal sealed record VaultSight(
    DateTimeOffset At,
    IReadOnlyList<SeenPart> Parts,
    IReadOnlyList<string> Strays,
    IReadOnlyDictionary<RecordingId, DateTimeOffset> Erasing,
    IReadOnlySet<RecordingId> Keys,
    IReadOnlyList<RecordingRow> Rows,
    IReadOnlyList<Certificate> Certificates);
