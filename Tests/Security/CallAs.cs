using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Tests.Security;

/// <summary>Lets a test call as anybody, by a certificate that may speak for anybody: a silo's.</summary>
internal sealed class CallAs(CallerSigner signer) : IOutgoingGrainCallFilter
{
    private static readonly AsyncLocal<Caller?> current = new();

    /// <summary>The calls of this asynchronous flow are made in that name until disposed; the silo's own are the cluster's.</summary>
    public static IDisposable Use(Caller caller)
    {
        var before = current.Value;
        current.Value = caller;
        return new Until(() => current.Value = before);
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (current.Value is { } caller)
        {
            RequestContext.Set(caller.Has(Roles.Silo) ? CallerContext.SiloKey : CallerContext.PersonKey, signer.TokenFor(caller));
        }

        await context.Invoke();
    }

    private sealed class Until(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
