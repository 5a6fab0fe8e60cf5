using System.Collections.Concurrent;
using System.Threading.Channels;
using RecordingCluster.GrainInterfaces.Audit;

namespace RecordingCluster.Silo.Identity;

/// <summary>Tells log and trail of each row that was changed behind the silo's back. Nothing else breaks by it.</summary>
/// <remarks>
/// It is found while a row is read, perhaps within a transaction that the trail would wait for; so the entry is written a
/// moment later. What is lost by a crash in between is found again at the next read.
/// </remarks>
internal sealed partial class BrokenSeals(PeopleTrail trail, ILogger<BrokenSeals> log) : BackgroundService
{
    private readonly Channel<(string Subject, BrokenSeal How)> found = Channel.CreateUnbounded<(string, BrokenSeal)>();

    // Each row is told of once, however often it is read; the table has no more rows than a municipality has people.
    private readonly ConcurrentDictionary<(string, BrokenSeal), bool> told = new();

    public void Found(string subject, BrokenSeal how)
    {
        if (told.TryAdd((subject, how), true))
        {
            LogFound(subject, how);
            found.Writer.TryWrite((subject, how));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (subject, how) in found.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await trail.Note("silo", "people/seal", subject, AuditResult.Refused, new { reason = how });
            }
            catch (Exception fault)
            {
                told.TryRemove((subject, how), out _);
                LogNotWritten(subject, fault);
            }
        }
    }

    [LoggerMessage(4101, LogLevel.Critical, "The row of {Subject} is not what this cluster wrote ({How}): it is refused. Somebody writes to the database; find out who, and restore the row from the backup")]
    private partial void LogFound(string subject, BrokenSeal how);

    [LoggerMessage(4102, LogLevel.Error, "That the row of {Subject} is refused could not be written into the trail; it is tried at the next read")]
    private partial void LogNotWritten(string subject, Exception fault);
}

/// <summary>How a row is not what the silo wrote.</summary>
internal enum BrokenSeal
{
    /// <summary>Its seal does not hold.</summary>
    Changed,

    /// <summary>It is an older row of the same person.</summary>
    PutBack,
}
