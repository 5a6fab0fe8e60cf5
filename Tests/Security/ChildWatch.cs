using System.Collections.Concurrent;
using System.Text;

namespace RecordingCluster.Tests.Security;

/// <summary>Reads command line and environment of a process and of all that it starts, again and again, as another user of the machine might.</summary>
internal sealed class ChildWatch : IAsyncDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<(string Place, string Text), bool> seen = new();
    private readonly CancellationTokenSource end = new();
    private readonly int root;
    private readonly Task watching;

    public ChildWatch(int process)
    {
        root = process;
        watching = Watch();
    }

    /// <summary>Each text that was read, with where.</summary>
    public ICollection<(string Place, string Text)> Seen => seen.Keys;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watching;
        end.Dispose();
    }

    private async Task Watch()
    {
        using var tick = new PeriodicTimer(Often);
        try
        {
            do
            {
                Look();
            }
            while (await tick.WaitForNextTickAsync(end.Token));
        }
        catch (OperationCanceledException)
        {
            // it is over
        }
    }

    private void Look()
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(int.Parse!)
            .ToDictionary(id => id, ParentOf);
        foreach (var id in parents.Keys.Where(IsOurs))
        {
            foreach (var file in new[] { "cmdline", "environ" })
            {
                if (Read($"/proc/{id}/{file}") is { Length: > 0 } text)
                {
                    seen.TryAdd(($"{file} of {Read($"/proc/{id}/comm")?.Trim()}", text), true);
                }
            }
        }

        bool IsOurs(int id) => id == root || (parents.TryGetValue(id, out var parent) && parent > 1 && parent != id && IsOurs(parent));
    }

    // The fourth field; the second is a name in brackets, which may hold blanks.
    private static int ParentOf(int id) => Read($"/proc/{id}/stat") is { } stat && stat.LastIndexOf(')') is > 0 and var close ? int.Parse(stat[(close + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : 0;

    private static string? Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // it is gone, or the kernel does not show it
        }
    }
}
