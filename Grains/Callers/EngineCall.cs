using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>Orleans' own interfaces: ticks, membership, management, dashboard. They carry none of our rules.</summary>
internal static class EngineCall
{
    public static bool MayPass(IIncomingGrainCallContext context, CurrentCaller callers)
    {
        var type = context.InterfaceMethod?.DeclaringType;
        return type?.Assembly.GetName().Name?.StartsWith("Orleans.", StringComparison.Ordinal) == true
            && (IsFromWithin(context.SourceId, callers) || IsOpenToClients(type) || callers.Find()?.Has(Roles.Operator) == true);
    }

    // Silos, grains and their services among themselves; the services call through the silo's own client, for nobody
    // in particular. A client from outside is none of these.
    private static bool IsFromWithin(GrainId? source, CurrentCaller callers) =>
        source is { } known && (!known.IsClient() || (IsHosted(known) && callers.Person() is null));

    private static bool IsHosted(GrainId client) => client.Key.ToString()?.StartsWith("hosted-", StringComparison.Ordinal) == true;

    // The list of interfaces and grain types, which a client reads before its first call. It holds no state.
    private static bool IsOpenToClients(Type type) => type.FullName == "Orleans.Runtime.IClusterManifestSystemTarget";
}
