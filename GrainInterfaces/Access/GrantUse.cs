namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>By what right somebody looks: the grant with its signature, for which request, and who. Whoever opens a fragment checks it anew.</summary>
[GenerateSerializer, Immutable, Alias("grant-use")]
public sealed record GrantUse(SignedGrant Grant, AccessRequestId Request, string Person);
