using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Silo.Trail;

/// <summary>Checks the whole trail in the background, one check at a time, and remembers the last outcome until this silo stops.</summary>
internal sealed partial class ChainChecks(
    SitePlan plan, IAuditStore store, HeadFiles heads, TrailAuthorities authorities, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ChainChecks> log)
{
    private readonly Lock gate = new();

    /// <summary>The check that goes on, or went on last; null when there was none since the start.</summary>
    public ChainProgress? Last { get; private set; }

    /// <summary>Begins a check; while one goes on, that one is it.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="begin">Leaves in the trail that it is read, and says how far it goes.</param>
    public async Task<ChainProgress> Begin(string by, Func<Task<TrailReading>> begin)
    {
        // Read before the end is asked for: none of the heads may lie beyond it.
        var known = heads.Read(plan.Site);
        var reading = await begin();
        lock (gate)
        {
            if (Last is { Stage: ChainStage.Running } running)
            {
                return running;
            }

            var begun = new ChainProgress(ChainStage.Running, clock.GetUtcNow(), by, 0, reading.Until);
            Last = begun;
            _ = Task.Run(() => Check(begun, known, lifetime.ApplicationStopping));
            return begun;
        }
    }

    private async Task Check(ChainProgress begun, IReadOnlyList<TrailHead> known, CancellationToken stopping)
    {
        try
        {
            using var seals = authorities.NewCheck();
            var check = new ChainCheck(known, seals);
            await foreach (var entries in store.ReadAll(plan.Site, begun.Of, stopping))
            {
                foreach (var entry in entries)
                {
                    check.Add(entry);
                }

                Last = begun with { Checked = check.Entries };
            }

            Last = begun with { Stage = ChainStage.Done, At = clock.GetUtcNow(), Checked = check.Entries, Report = check.Finish() };
        }
        catch (Exception fault)
        {
            LogFailed(fault);
            Last = begun with { Stage = ChainStage.Failed, At = clock.GetUtcNow() };
        }
    }

    [LoggerMessage(5041, LogLevel.Error, "The check of the trail came to no end")]
    private partial void LogFailed(Exception fault);
}

/// <summary>How a check of the trail stands.</summary>
/// <param name="Stage">Where it is.</param>
/// <param name="At">When it began, or ended.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Checked">How many entries were looked at.</param>
/// <param name="Of">How many there are.</param>
/// <param name="Report">What it found, once it is done.</param>
internal sealed record ChainProgress(ChainStage Stage, DateTimeOffset At, string By, long Checked, long Of, ChainReport? Report = null);

internal enum ChainStage
{
    Running,
    Done,
    Failed,
}
