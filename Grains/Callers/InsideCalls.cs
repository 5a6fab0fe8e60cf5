using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Marks what is called from within a silo: by grains, for the person whose call they answer, and by Orleans itself.</summary>
/// <remarks>
/// What a service in the silo calls of our own interfaces is not marked here: it says for whom it calls, or is refused. A
/// call is marked for itself alone. A client is told things too, at the latest that the silo stops; whoever reads them there
/// must not find a token that opens every grain.
/// </remarks>
internal sealed class InsideCalls(SiloCalls silo, CurrentCaller callers) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.TargetId.IsClient() ? Bare(context)
        : IsByGrain(context) ? Marked(context, callers.PersonToken)
        : EngineCall.IsOrleans(context.InterfaceMethod?.DeclaringType) && context.InterfaceMethod!.DeclaringType != typeof(IAsyncEnumerableGrainExtension) ? Marked(context, null)
        : context.Invoke();

    // This side of a call the source is Orleans' own word, not a sender's.
    private static bool IsByGrain(IOutgoingGrainCallContext context) => context.SourceContext?.GrainInstance is Grain;

    // What an asynchronous method sets in the context ends with it.
    private async Task Marked(IOutgoingGrainCallContext context, string? personToken)
    {
        RequestContext.Set(CallerContext.SiloKey, silo.Token);
        if (personToken is not null)
        {
            RequestContext.Set(CallerContext.PersonKey, personToken);
        }

        await context.Invoke();
    }

    private static async Task Bare(IOutgoingGrainCallContext context)
    {
        RequestContext.Remove(CallerContext.SiloKey);
        RequestContext.Remove(CallerContext.PersonKey);
        await context.Invoke();
    }
}
