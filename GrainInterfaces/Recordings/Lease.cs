namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>Who recorded under which epoch. It is known before the first byte is written, so no part can be overlooked.</summary>
/// <param name="Epoch">The epoch of the camera's lease.</param>
/// <param name="Vault">The silo that has it, in whose vault the parts are; null where there is one vault alone.</param>
[GenerateSerializer, Immutable, Alias("lease")]
public sealed record Lease(int Epoch, string? Vault = null);

/// <summary>A lease that a recording was given, and what does not count of those before it.</summary>
[GenerateSerializer, Immutable, Alias("given-lease")]
public sealed record GivenLease(Lease Lease, Fence? Fence);

/// <summary>
/// Somebody else has the camera since, and whoever had it before could not be told to stop: of parts up to this epoch only
/// that counts which had arrived by then.
/// </summary>
/// <param name="Epoch">The last epoch that it holds for.</param>
/// <param name="At">When the lease was taken over, or the recording ended.</param>
[GenerateSerializer, Immutable, Alias("fence")]
public sealed record Fence(int Epoch, DateTimeOffset At);
