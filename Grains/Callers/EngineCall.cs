using System.Collections.Concurrent;

namespace RecordingCluster.Grains.Callers;

/// <summary>Orleans' own interfaces: ticks, membership, directory, management, dashboard. They carry none of our rules.</summary>
internal static class EngineCall
{
    // Interfaces are few and never unloaded; asked at every call.
    private static readonly ConcurrentDictionary<Type, bool> known = new();

    /// <remarks>
    /// What a silo calls by itself carries the silo's token (<see cref="InsideCalls"/>), reminders included. The address that a
    /// message says it comes from is never asked: whoever speaks Orleans' protocol can write any there.
    /// </remarks>
    public static bool MayPass(IIncomingGrainCallContext context, Calling calling)
    {
        var type = context.InterfaceMethod?.DeclaringType;
        return IsOrleans(type) && (calling.IsInside || IsTimer(context) || IsOpenToClients(type!) || GoesOnStreaming(context, type!, calling));
    }

    public static bool IsOrleans(Type? type) =>
        type is not null && known.GetOrAdd(type, static type => type.Assembly.GetName().Name!.StartsWith("Orleans.", StringComparison.Ordinal));

    // A timer calls its grain through an object that lives in this process and that no serializer knows.
    private static bool IsTimer(IIncomingGrainCallContext context) => context.Request.GetType().DeclaringType?.FullName == "Orleans.Runtime.GrainTimer";

    // The list of interfaces and grain types, which a client reads before its first call. It holds no state.
    private static bool IsOpenToClients(Type type) => type.FullName == "Orleans.Runtime.IClusterManifestSystemTarget";

    // Once a stream was started by who may, its next elements are asked for by the number that only that caller was given.
    private static bool GoesOnStreaming(IIncomingGrainCallContext context, Type type, Calling calling) =>
        type == typeof(IAsyncEnumerableGrainExtension)
        && context.InterfaceMethod!.Name is nameof(IAsyncEnumerableGrainExtension.MoveNext) or nameof(IAsyncDisposable.DisposeAsync)
        && calling.Person is not null;
}
