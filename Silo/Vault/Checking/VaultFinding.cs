namespace RecordingCluster.Silo.Vault.Checking;

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="What">The recording, part, file or certificate.</param>
/// <param name="Reason">In words.</param>
internal sealed record VaultFinding(VaultFindingKind Kind, string What, string Reason);

internal enum VaultFindingKind
{
    /// <summary>Its term passed more than an hour ago, and something of it is still here (R9).</summary>
    Overdue,

    /// <summary>It should be here, and is not: a part, a key, a certificate.</summary>
    Missing,

    /// <summary>It is here, and should not be: erased and still there, or known to nobody.</summary>
    Surplus,

    /// <summary>It is not what was written: damaged, cut off, or left open.</summary>
    Torn,

    /// <summary>A certificate is doubled, not signed, changed, or does not follow the one before it.</summary>
    Certificate,
}
