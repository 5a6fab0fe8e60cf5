using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Marks what one grain asks of another as the cluster's own call. The person it is done for stays with it.</summary>
internal sealed class SiloStampFilter(ICallerVerifier verifier) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        // A call from the portal has no grain behind it: it speaks for a person only. Orleans' own services call without
        // grain and without person, and only their own kind.
        var byGrain = context.SourceContext?.GrainId is { } source && !source.IsClient();
        if (byGrain || (EngineCall.Is(context.InterfaceMethod) && RequestContext.Get(CallerContext.PersonKey) is null))
        {
            RequestContext.Set(CallerContext.SiloKey, verifier.SiloToken);
        }

        return context.Invoke();
    }
}
