namespace RecordingCluster.Tests.Audit;

/// <summary>The command-line tool as it was built together with these tests.</summary>
internal static class ToolProgram
{
    // From …/Tests/bin/<configuration>/<framework>/ to …/Client/Tool/bin/<configuration>/<framework>/.
    public static string File { get; } = InSameBuild(new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    private static string InSameBuild(DirectoryInfo here) =>
        Path.GetFullPath(Path.Combine(here.FullName, "../../../../Client/Tool/bin", here.Parent!.Name, here.Name, "RecordingCluster.Tool.dll"));
}
