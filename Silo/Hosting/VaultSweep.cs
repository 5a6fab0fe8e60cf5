using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>The second, independent way to the end of a recording: reads only the vault's own headers, and erases what is overdue (R10).</summary>
/// <remarks>
/// What fell due while no reminder could tick is first left to its own grain, so that after downtime it is gone within
/// minutes (R9). What is still there when that should long be done is erased here, whether or not database and grains
/// answer; the certificate follows when they do.
/// </remarks>
internal sealed partial class VaultSweep(
    FileVault vault, IGrainFactory grains, SiloCalls silo, SitePlan plan, Grains.RecordingRules rules, SteadyClock clock, ILogger<VaultSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private const int MostAtOnce = 256;

    // The recording's own reminder comes first: its period, and a quarter of an hour to do the work.
    private TimeSpan Patience => rules.ErasurePeriod + TimeSpan.FromMinutes(15);

    // A reminder that ticks at all ticks within seconds.
    private static readonly TimeSpan TickWait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            await Sweep();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>One round.</summary>
    public async Task Sweep()
    {
        // A clock that jumped forward would erase everything at once (R11).
        if (!clock.IsTrusted)
        {
            return;
        }

        await ForEachOverdue(TickWait, async recording =>
        {
            using var _ = silo.Begin();
            await grains.Recording(recording).Expire();
        });
        await ForEachOverdue(Patience, Erase);
    }

    // Many at once, since the vault takes the steps of an erasure for all that wait together.
    private async Task ForEachOverdue(TimeSpan by, Func<RecordingId, Task> act) =>
        await Parallel.ForEachAsync(await vault.Overdue(by), new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce }, async (recording, _) =>
        {
            try
            {
                await act(recording);
            }
            catch (Exception fault)
            {
                LogFailed(recording, fault);
            }
        });

    private async Task Erase(RecordingId recording)
    {
        if (await vault.Erase(recording) is not { OpensAfterwards: false } erasure)
        {
            return;
        }

        // A recording's own grain, where it still knows of it, certifies when the vaults of all silos are done: one may be away.
        using var _ = silo.Begin();
        if ((await grains.Recording(recording).Read()).Stage is not (RecordingStage.Unknown or RecordingStage.Erased))
        {
            return;
        }

        // What is gone before its term was erased by a decision, whose grain has not come to its certificate.
        var reason = erasure.ErasedAt < erasure.DueAt ? ErasureReason.ObjectionUpheld : ErasureReason.TermPassed;
        var certificate = await grains.AuditTrail(plan.Site).Certify(Certificates.Of(erasure, reason, ErasedBy.Sweep));
        await vault.Forget(recording);
        LogErased(recording, certificate.Number);
    }

    [LoggerMessage(4001, LogLevel.Warning, "The sweep erased {Recording}, which its own reminder had missed: certificate {Certificate}")]
    private partial void LogErased(RecordingId recording, long certificate);

    [LoggerMessage(4002, LogLevel.Error, "The sweep could not finish {Recording}; it is tried again")]
    private partial void LogFailed(RecordingId recording, Exception fault);
}
