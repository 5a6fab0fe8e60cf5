using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Away;

/// <summary>Lets a start wait for a database that is not there yet: after a power cut its server may take longer than this one.</summary>
/// <remarks>What is wrong and stays so, as a password, is left to the start, which refuses it.</remarks>
internal sealed partial class DatabaseWait(StorageOptions storage, TimeProvider clock, ILogger<DatabaseWait> log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task UntilItAnswers()
    {
        if (!storage.Database.IsPostgreSql)
        {
            return;
        }

        await using var database = storage.Database.Reach();
        for (var isSaid = false; await FaultOf(database) is { } fault; isSaid = true)
        {
            if (!isSaid)
            {
                LogWaiting(database.Name, fault.Message);
            }

            await Task.Delay(RetryAfter, clock);
        }
    }

    private static async Task<Exception?> FaultOf(Database database)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync();
            return null;
        }
        catch (Exception fault)
        {
            return DatabaseFault.IsIn(fault) ? fault : null;
        }
    }

    [LoggerMessage(4043, LogLevel.Critical, "{Database} does not answer yet ({Why}); the start waits until it does, and nothing is recorded or served before. Look at its server and the way to it")]
    private partial void LogWaiting(string database, string why);
}
