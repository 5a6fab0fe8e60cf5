using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Marks what one grain asks of another as the cluster's own call. The person it is done for stays with it.</summary>
internal sealed class SiloStampFilter(ICallerVerifier verifier) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        // A call from the portal has no grain behind it: it speaks for a person only.
        if (context.SourceContext?.GrainId is { } source && !source.IsClient())
        {
            RequestContext.Set(CallerContext.SiloKey, verifier.SiloToken);
        }

        return context.Invoke();
    }
}
