using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Callers;

/// <summary>A call named its caller's token by a digest, and this silo has not been told that token. Nothing was done or written; the same call with the whole token is judged.</summary>
/// <remarks>A silo remembers what it believed until it ends, or until the silo itself does. <c>Client</c> says the whole token by itself when it reads this.</remarks>
[GenerateSerializer, Alias("token-unknown")]
public sealed class TokenUnknownException()
    : RecordingClusterException(ErrorKind.Denied, "This silo does not know the token of that digest. Make the same call with the whole token.");
