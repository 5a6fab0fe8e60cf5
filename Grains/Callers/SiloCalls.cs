using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Lets a service inside the silo call grains in the cluster's own name.</summary>
public sealed class SiloCalls(CallerSigner signer)
{
    /// <summary>The calls of this asynchronous flow are the cluster's own, until disposed.</summary>
    public IDisposable Begin() => CallerContext.Put(CallerContext.SiloKey, Token);

    internal string Token => signer.TokenFor(Caller.Silo);
}
