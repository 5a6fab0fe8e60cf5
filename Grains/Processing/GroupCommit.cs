namespace RecordingCluster.Grains.Processing;

/// <summary>Commits together what waits together: while one batch is under way the next gathers. Safe to use from several threads.</summary>
/// <param name="commit">Makes a batch durable, whole or not at all.</param>
/// <param name="mostAtOnce">How many a batch holds at most.</param>
public sealed class GroupCommit<T>(Func<IReadOnlyList<T>, Task> commit, int mostAtOnce)
{
    private readonly Lock gate = new();
    private readonly Queue<(T Item, TaskCompletionSource Done)> waiting = new();
    private bool isCommitting;

    /// <summary>Durable when this returns; the fault of its batch otherwise.</summary>
    public Task Add(T item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue((item, done));
            if (isCommitting)
            {
                return done.Task;
            }

            isCommitting = true;
        }

        _ = CommitWaiting(); // its faults are the items' own
        return done.Task;
    }

    private async Task CommitWaiting()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                await commit(batch.ConvertAll(one => one.Item));
                batch.ForEach(one => one.Done.SetResult());
            }
            catch (Exception fault)
            {
                batch.ForEach(one => one.Done.SetException(fault));
            }
        }
    }

    private List<(T Item, TaskCompletionSource Done)> Take()
    {
        lock (gate)
        {
            var batch = new List<(T, TaskCompletionSource)>();
            while (batch.Count < mostAtOnce && waiting.TryDequeue(out var one))
            {
                batch.Add(one);
            }

            isCommitting = batch.Count > 0;
            return batch;
        }
    }
}
