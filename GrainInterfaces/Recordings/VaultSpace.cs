namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What a silo tells the others of its own vault.</summary>
/// <param name="Vault">The silo's name.</param>
/// <param name="HasSpace">Whether there is space for another part.</param>
[GenerateSerializer, Immutable, Alias("vault-space")]
public readonly record struct VaultSpace(string Vault, bool HasSpace);
