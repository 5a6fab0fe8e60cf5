using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Hosting;

/// <summary>What one of several silos owes when it comes back, since the others went on without it.</summary>
internal sealed partial class ComeBack(FileVault vault, Database database, IGrainFactory grains, SiloCalls silo, SteadyClock clock, ILogger<ComeBack> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Erases what fell due, or was to be erased by decision, while this silo was away. Run before anything is served.</summary>
    /// <remarks>The vault keeps the facts; the certificate follows when the recording's grain, which waits for this vault, asks again.</remarks>
    public async Task Erase()
    {
        // A silo that is alone missed nothing: its own grains see to both at its start.
        if (vault.Name is null)
        {
            return;
        }

        var condemned = RecordingRows.Read(database).Where(row => row.IsCondemned).Select(row => row.Id);
        var overdue = clock.IsTrusted ? await vault.Overdue(TimeSpan.Zero) : []; // R11
        await Task.WhenAll(condemned.Union(overdue).Select(async recording =>
        {
            if (await vault.Erase(recording) is { OpensAfterwards: false } erasure)
            {
                LogErased(recording, erasure.Parts.Length);
            }
        }));
    }

    /// <summary>Lets recordings know what this vault has of them and nobody heard of. What is erased here is certified.</summary>
    public async Task Tell(CancellationToken stop)
    {
        if (vault.Name is not { } name)
        {
            return;
        }

        try
        {
            var (now, rows) = (clock.GetUtcNow(), await Task.Run(() => RecordingRows.Read(database), stop));
            foreach (var row in rows.Where(row => row.IsCondemned || row.ExpiresAt <= now))
            {
                await Try(row.Id, recording => recording.Expire()); // if not now, its reminder and the sweep try again
            }

            var toTell = rows.Where(row => !row.IsCondemned && row.ExpiresAt > now && row.MayLack(name)).Select(row => row.Id).ToList();
            while (toTell.Count > 0)
            {
                var told = await Task.WhenAll(toTell.Select(async id => (Id: id, IsTold: await Try(id, recording => recording.Return()))));
                toTell = [.. told.Where(one => !one.IsTold).Select(one => one.Id)];
                await (toTell.Count > 0 ? Task.Delay(RetryAfter, clock, stop) : Task.CompletedTask);
            }
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            LogNotRead(fault);
        }
        catch (OperationCanceledException)
        {
            // The next start tells them.
        }
    }

    private async Task<bool> Try(RecordingId id, Func<IRecordingGrain, Task> call)
    {
        try
        {
            using var _ = silo.Begin();
            await call(grains.Recording(id));
            return true;
        }
        catch (Exception fault)
        {
            LogNotTold(id, fault);
            return false;
        }
    }

    [LoggerMessage(4008, LogLevel.Warning, "What there was of {Recording} here, {Parts} part(s), was erased at this silo's start: it should have been while it was away")]
    private partial void LogErased(RecordingId recording, int parts);

    [LoggerMessage(4009, LogLevel.Warning, "{Recording} was not told what this silo has of it; it is tried again")]
    private partial void LogNotTold(RecordingId recording, Exception fault);

    [LoggerMessage(4014, LogLevel.Error, "Which recordings went on while this silo was away could not be read; the next start tries again. Look at the database")]
    private partial void LogNotRead(Exception fault);
}
