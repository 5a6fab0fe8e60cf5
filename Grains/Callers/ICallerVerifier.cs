using System.Diagnostics.CodeAnalysis;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Says who stands behind a token that came with a call. The only place where a token is believed (DESIGN §6).</summary>
public interface ICallerVerifier
{
    /// <summary>False for a token that is malformed, expired or not ours. Fast for a token seen before: it is asked at every call.</summary>
    bool TryVerify(string token, [NotNullWhen(true)] out Caller? caller);

    /// <summary>The token with which the silo itself calls.</summary>
    string SiloToken { get; }
}
