using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Grains.Callers;

/// <summary>Who makes the call that is being answered, verified.</summary>
public sealed class CurrentCaller(ICallerVerifier verifier)
{
    /// <summary>The person or service, kept from grain to grain; <see cref="Caller.Silo"/> when nobody in particular calls.</summary>
    /// <exception cref="RecordingClusterException">Denied: nobody says who calls.</exception>
    public Caller Get() => Find() ?? throw new RecordingClusterException(ErrorKind.Denied, "Nobody says who makes this call. Sign in, or call through the client library.");

    internal Caller? Find() => Person() ?? (IsSilo() ? Caller.Silo : null);

    internal Caller? Person() => Verified(CallerContext.PersonKey);

    /// <summary>Whether the cluster itself makes this call, for itself or for somebody.</summary>
    internal bool IsSilo() => Verified(CallerContext.SiloKey)?.Has(Roles.Silo) == true;

    private Caller? Verified(string key) =>
        RequestContext.Get(key) is string token && verifier.TryVerify(token, out var caller) ? caller : null;
}
