using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Audit;

/// <summary>Puts entries at the end of a site's chain: those that wait together go to disk together, and each is answered when it is there.</summary>
/// <remarks>
/// While one batch is on its way to the disk the next gathers, so nobody waits for company: one entry alone is written at
/// once, and under load a flush serves hundreds. Entries stand in the order in which they were asked for. Only one batch is
/// under way, so the chain never forks here; another writer (a second activation, for a moment during a failover) is noticed
/// by the table, which has each number once: the chain is read anew and the whole batch put behind it.
/// Lives in the turns of one grain, and is safe there alone.
/// </remarks>
internal sealed class TrailWriter(SiteId site, IAuditStore store, TimeProvider clock)
{
    // 256 entries of about 1 kB are one write of 256 kB; more gain nothing, and the first of them would wait for the last.
    private const int MostAtOnce = 256;

    // Some 20 MB. A flood is bounded before it comes here; when this is reached the disk has stopped.
    private const int MostWaiting = 20_000;

    // The other writer, if there is one, is about to learn that it is not the one.
    private const int MostTries = 5;

    private readonly Queue<Waiting> waiting = new();
    private readonly Dictionary<string, AuditRecord?> lastOfDeed = new(StringComparer.Ordinal);
    private AuditRecord? last;
    private bool knowsLast;
    private bool isWriting;

    /// <summary>The entry, once it is on disk.</summary>
    /// <exception cref="RecordingClusterException">
    /// Unavailable: too many wait already, or another writer keeps coming first; nothing was written. After any other error
    /// whether the entry is there is not known; the chain is whole all the same.
    /// </exception>
    public Task<AuditRecord> Write(AuditNote note) => Add(new Waiting(clock.GetUtcNow(), note, null));

    /// <summary>As <see cref="Write"/>, for what stands in the trail once: an earlier entry with this deed and subject is the answer, and nothing is written.</summary>
    /// <param name="note">What is written if there is none.</param>
    /// <param name="detailAfter">Its detail, made of the last entry with the same deed, so that such entries can form a chain of their own.</param>
    public Task<AuditRecord> WriteOnce(AuditNote note, Func<AuditRecord?, string> detailAfter) => Add(new Waiting(clock.GetUtcNow(), note, detailAfter));

    private Task<AuditRecord> Add(Waiting one)
    {
        if (waiting.Count >= MostWaiting)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, "The trail cannot keep up: too many entries wait for its disk. Look at the disk, and try again.");
        }

        waiting.Enqueue(one);
        if (!isWriting)
        {
            isWriting = true;
            _ = WriteWaiting(); // its faults are its entries' answers
        }

        return one.Answer.Task;
    }

    private async Task WriteWaiting()
    {
        while (waiting.Count > 0)
        {
            var batch = new List<Waiting>();
            while (batch.Count < MostAtOnce && waiting.TryDequeue(out var one))
            {
                batch.Add(one);
            }

            try
            {
                var entries = await Append(batch);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Answer.SetResult(entries[i]);
                }
            }
            catch (Exception fault)
            {
                // Whether the table took them is not known: it is asked before the next.
                knowsLast = false;
                batch.ForEach(one => one.Answer.SetException(fault));
            }
        }

        isWriting = false;
    }

    // What each was answered with: the entry that was written, or the earlier one.
    private async Task<List<AuditRecord>> Append(List<Waiting> batch)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (!knowsLast)
            {
                lastOfDeed.Clear();
                last = await store.Last(site);
                knowsLast = true;
            }

            var (fresh, answers) = await Chain(batch);
            if (fresh.Count == 0 || await store.TryAppend(site, fresh))
            {
                Remember(fresh);
                return answers;
            }

            knowsLast = false;
        }

        throw new RecordingClusterException(ErrorKind.Unavailable, "Another writer of the trail keeps coming first. Try again.");
    }

    // What must stand once is looked for here and not earlier: whatever another writer adds after this look takes the number
    // that the batch begins with, and the whole batch is looked at anew.
    private async Task<(List<AuditRecord> Fresh, List<AuditRecord> Answers)> Chain(List<Waiting> batch)
    {
        var (fresh, answers, end) = (new List<AuditRecord>(), new List<AuditRecord>(), last);
        foreach (var (at, note, detailAfter) in batch)
        {
            if (detailAfter is not null
                && (fresh.Find(entry => IsSame(entry, note)) ?? await store.Find(site, note.Deed, note.Subject)) is { } earlier)
            {
                answers.Add(earlier);
                continue;
            }

            var detail = detailAfter?.Invoke(fresh.FindLast(entry => entry.Deed == note.Deed) ?? await LastOf(note.Deed)) ?? note.Detail;
            end = AuditChain.Next(end, note with { Detail = detail }, at);
            fresh.Add(end);
            answers.Add(end);
        }

        return (fresh, answers);
    }

    private async Task<AuditRecord?> LastOf(string deed)
    {
        if (!lastOfDeed.TryGetValue(deed, out var known))
        {
            lastOfDeed[deed] = known = await store.LastOf(site, deed);
        }

        return known;
    }

    private void Remember(List<AuditRecord> fresh)
    {
        foreach (var entry in fresh)
        {
            last = entry;
            if (lastOfDeed.ContainsKey(entry.Deed))
            {
                lastOfDeed[entry.Deed] = entry;
            }
        }
    }

    private static bool IsSame(AuditRecord entry, AuditNote note) => entry.Deed == note.Deed && entry.Subject == note.Subject;

    private sealed record Waiting(DateTimeOffset At, AuditNote Note, Func<AuditRecord?, string>? DetailAfter)
    {
        public TaskCompletionSource<AuditRecord> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
