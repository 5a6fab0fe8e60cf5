using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;

namespace RecordingCluster.Tests.Faults;

/// <summary>A network of a test's own that has nothing but loopback. What runs in it can reach nothing else, and is seen to try.</summary>
internal sealed class Namespace : IAsyncDisposable
{
    // Whatever names another end: connections, and datagrams that are sent without one, look-ups of names among them.
    private const string Watched = "trace=connect,sendto,sendmsg,sendmmsg,execve";

    private readonly string name = $"apart-{Guid.NewGuid():N}"[..15];

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot() =>
        Environment.UserName != "root" ? "A network namespace is made by root alone; run this test as root."
        : new[] { "/usr/sbin/ip", "/sbin/ip", "/bin/ip" }.All(path => !File.Exists(path)) ? "There is no ip; install iproute2."
        : !File.Exists("/usr/bin/strace") ? "There is no strace; install it."
        : null;

    public static async Task<Namespace> Make()
    {
        var made = new Namespace();
        await Cli.Wrap("ip").WithArguments(["netns", "add", made.name]).ExecuteAsync();
        await Cli.Wrap("ip").WithArguments(["-n", made.name, "link", "set", "lo", "up"]).ExecuteAsync();
        return made;
    }

    /// <summary>Starts a program in it.</summary>
    public Process Start(IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", name, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Starts a program in it, and notes whom it and its children try to reach, in a file.</summary>
    public Process StartWatched(string file, IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null) =>
        Start(["strace", "-f", "--seccomp-bpf", "-qq", "-e", Watched, "-o", file, .. command], environment);

    /// <summary>Runs a program in it to its end, and answers its exit code with all it said.</summary>
    public async Task<(int ExitCode, string Said)> Run(IEnumerable<string> command)
    {
        var ran = await Cli.Wrap("ip").WithArguments(["netns", "exec", name, .. command]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return (ran.ExitCode, ran.StandardOutput + ran.StandardError);
    }

    /// <summary>Asks what runs in it under this name to end.</summary>
    public async Task End(string program)
    {
        foreach (var id in await Processes())
        {
            if (Silo.SiloProcess.CommandLine(id)?.StartsWith($"{program} ", StringComparison.Ordinal) == true)
            {
                await Cli.Wrap("kill").WithArguments(["-s", "TERM", $"{id}"]).WithValidation(CommandResultValidation.None).ExecuteAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in await Processes())
        {
            await Cli.Wrap("kill").WithArguments(["-s", "KILL", $"{id}"]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        }

        await Cli.Wrap("ip").WithArguments(["netns", "del", name]).WithValidation(CommandResultValidation.None).ExecuteAsync();
    }

    private async Task<List<int>> Processes()
    {
        var listed = await Cli.Wrap("ip").WithArguments(["netns", "pids", name]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        return listed.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
    }
}
