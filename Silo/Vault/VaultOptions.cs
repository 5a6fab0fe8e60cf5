namespace RecordingCluster.Silo.Vault;

/// <summary>Where the vault is. Two folders, since the keys must be in no backup (V5).</summary>
/// <param name="Folder">Of the parts.</param>
/// <param name="KeyFolder">Of the ring and its sealing key.</param>
/// <param name="Name">The name of its silo; null where there is one vault alone.</param>
internal sealed record VaultOptions(string Folder, string KeyFolder, string? Name = null);
