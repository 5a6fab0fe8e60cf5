using CliWrap;
using CliWrap.Buffered;

namespace RecordingCluster.Tests.Silo;

/// <summary>The silo's executable with a command, as an operator would give it.</summary>
internal static class SiloCommand
{
    public static async Task<(int Exit, string Out, string Error)> Run(IReadOnlyDictionary<string, string?> environment, params string[] words)
    {
        var done = await Cli.Wrap("dotnet")
            .WithArguments([Path.Combine(AppContext.BaseDirectory, "RecordingCluster.Silo.dll"), .. words])
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return (done.ExitCode, done.StandardOutput, done.StandardError);
    }

    public static Task<(int Exit, string Out, string Error)> In(string storage, params string[] words) => Run(new Dictionary<string, string?> { ["Storage__Folder"] = storage }, words);

    /// <summary>Must succeed.</summary>
    public static async Task<string> Succeed(string storage, params string[] words)
    {
        var (exit, text, error) = await In(storage, words);
        Assert.True(exit == 0, $"{string.Join(' ', words)} ended with {exit}: {error}");
        return text;
    }
}
