using System.Reflection;

namespace RecordingCluster.Tests.Audit;

/// <summary>The command-line tool as it was built together with these tests.</summary>
internal static class ToolProgram
{
    public static string File { get; } = typeof(ToolProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Tool").Value!;
}
