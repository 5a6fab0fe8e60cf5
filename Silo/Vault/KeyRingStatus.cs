using System.Collections.Immutable;

namespace RecordingCluster.Silo.Vault;

/// <summary>What may be told of the ring: numbers, never a key.</summary>
/// <param name="Generation">Grows each time that keys are destroyed, for one recording or for several at once.</param>
/// <param name="Wrapped">The sealing key is wrapped by the system's credential.</param>
/// <param name="Days">By expiry day, how many recordings have a key.</param>
internal sealed record KeyRingStatus(long Generation, bool Wrapped, ImmutableArray<(DateOnly Day, int Recordings)> Days);
