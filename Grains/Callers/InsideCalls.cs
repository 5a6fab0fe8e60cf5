using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Marks what Orleans itself calls from within a silo: membership, directory, reminders, statistics.</summary>
/// <remarks>
/// Our own interfaces are not marked here: who calls those says so, or is refused. A call is marked for itself alone, since
/// it may be made in the middle of a person's. A client is told things too, at the latest that the silo stops; whoever reads
/// them there must not find a token that opens every grain.
/// </remarks>
internal sealed class InsideCalls(SiloCalls silo) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.TargetId.IsClient() ? Bare(context)
        : EngineCall.IsOrleans(context.InterfaceMethod?.DeclaringType) && context.InterfaceMethod!.DeclaringType != typeof(IAsyncEnumerableGrainExtension) ? Marked(context)
        : context.Invoke();

    // What an asynchronous method sets in the context ends with it.
    private async Task Marked(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallerContext.SiloKey, silo.Token);
        await context.Invoke();
    }

    private static async Task Bare(IOutgoingGrainCallContext context)
    {
        RequestContext.Remove(CallerContext.SiloKey);
        RequestContext.Remove(CallerContext.PersonKey);
        await context.Invoke();
    }
}
