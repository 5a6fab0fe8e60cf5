using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Away;

/// <summary>Asks the database each second whether it is there. Once it is back, what was done meanwhile is entered before anything else is let in.</summary>
/// <remarks>
/// One that takes seconds to answer is as one that is away: a talk must not wait for it. One whose disk is full answers, and takes
/// nothing: it is back when it takes the entry which says that it was away.
/// </remarks>
internal sealed partial class DatabaseWatch(Database database, DatabasePresence presence, JournalEntering journal, PeopleTrail trail, TimeProvider clock, ILogger<DatabaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    // A statement takes a millisecond, and half a second under a load at which nothing is pleasant any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    // One answer may be late for a reason of this machine.
    private const int MostMissed = 2;

    private int missed;
    private bool isSaid;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AskEvery, clock);
        while (database.IsServer && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Look(stoppingToken);
        }
    }

    private async Task Look(CancellationToken stop)
    {
        try
        {
            await database.Ask(Patience, stop).WaitAsync(Patience, clock, stop); // whatever the connection is still busy with
            missed = 0;
            await (presence.AwaySince is { } since ? ComeBack(since) : Task.CompletedTask);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            if (++missed >= MostMissed)
            {
                presence.IsGone();
            }

            if (presence.IsAway && !isSaid)
            {
                isSaid = true;
                LogAway(database.Name, fault);
            }
        }
    }

    private async Task ComeBack(DateTimeOffset since)
    {
        database.Renew();
        await journal.Enter();
        var until = clock.GetUtcNow();
        await trail.Note("silo", "database-was-away", $"silo/{Environment.MachineName}", AuditResult.Done, new { since, until });
        presence.IsBack();
        isSaid = false;
        LogBack(since);
    }

    [LoggerMessage(4041, LogLevel.Critical, "{Database} does not answer, or takes nothing: only talks that this silo knows are started and stopped, and recordings go on. Look at its server, the way to it, and its disk")]
    private partial void LogAway(string database, Exception fault);

    [LoggerMessage(4042, LogLevel.Warning, "The database is back; it was away since {Since}")]
    private partial void LogBack(DateTimeOffset since);
}
