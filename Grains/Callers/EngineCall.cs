using System.Reflection;

namespace RecordingCluster.Grains.Callers;

/// <summary>Tells Orleans' own interfaces (dashboard, management, reminders) from ours.</summary>
internal static class EngineCall
{
    public static bool Is(MethodInfo? method) => method?.DeclaringType?.Assembly.GetName().Name?.StartsWith("Orleans.", StringComparison.Ordinal) == true;

    /// <summary>The list of interfaces and grain types, which a client reads before its first call. It holds no state.</summary>
    public static bool IsOpenToClients(MethodInfo? method) => method?.DeclaringType?.FullName == "Orleans.Runtime.IClusterManifestSystemTarget";
}
