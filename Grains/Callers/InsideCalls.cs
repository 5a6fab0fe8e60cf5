using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Marks what Orleans itself calls from within a silo: membership, directory, reminders, statistics.</summary>
/// <remarks>
/// Our own interfaces are not marked here: who calls those says so, or is refused. A call is marked for itself alone, since
/// it may be made in the middle of a person's.
/// </remarks>
internal sealed class InsideCalls(SiloCalls silo) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context) =>
        EngineCall.IsOrleans(context.InterfaceMethod?.DeclaringType) && context.InterfaceMethod!.DeclaringType != typeof(IAsyncEnumerableGrainExtension)
            ? Marked(context)
            : context.Invoke();

    // What an asynchronous method sets in the context ends with it.
    private async Task Marked(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallerContext.SiloKey, silo.Token);
        await context.Invoke();
    }
}
