using System.Collections.Concurrent;

namespace RecordingCluster.Silo.Capture;

/// <summary>The one thread that starts children.</summary>
/// <remarks>
/// A child dies with the thread that forked it (PR_SET_PDEATHSIG is bound to a thread), so that no ffmpeg outlives the
/// silo. A thread of the pool may end while its child should go on; this one lives as long as the process.
/// </remarks>
internal sealed class ChildThread
{
    private readonly BlockingCollection<Action> starts = [];

    private ChildThread() => new Thread(Run) { IsBackground = true, Name = "children" }.Start();

    public static ChildThread Instance { get; } = new();

    /// <summary>Runs <paramref name="start"/> up to its first wait on that thread, and answers what it returned.</summary>
    public Task<T> Start<T>(Func<T> start)
    {
        var started = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        starts.Add(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception fault)
            {
                started.SetException(fault);
            }
        });
        return started.Task;
    }

    private void Run()
    {
        foreach (var start in starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}
