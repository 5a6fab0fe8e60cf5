namespace RecordingCluster.Silo.Vault;

/// <summary>Where the vault is. Two folders, since the keys must be in no backup (V5).</summary>
internal sealed record VaultOptions(string Folder, string KeyFolder);
