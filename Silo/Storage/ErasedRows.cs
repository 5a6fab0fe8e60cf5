using Microsoft.Extensions.Options;
using Orleans.Configuration;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Storage;

/// <summary>Takes out the rows of erased recordings, many in one transaction. Orleans itself would make two for each.</summary>
internal sealed class ErasedRows : IErasedRows
{
    private const int MostAtOnce = 512;

    private const string State = """
        DELETE FROM OrleansStorage
        WHERE ServiceId = @service AND GrainTypeString = @type AND GrainIdN0 = @n0 AND GrainIdN1 = @n1 AND GrainIdExtensionString = ''
        """;

    private const string Reminder = "DELETE FROM OrleansRemindersTable WHERE ServiceId = @service AND GrainId = @grain";

    private readonly Database database;
    private readonly string service;
    private readonly GroupCommit<RecordingId> removals;

    public ErasedRows(Database database, IOptions<ClusterOptions> cluster)
    {
        (this.database, service) = (database, cluster.Value.ServiceId);
        removals = new GroupCommit<RecordingId>(RemoveAll, MostAtOnce);
    }

    public Task Remove(RecordingId recording) => removals.Add(recording);

    private Task RemoveAll(IReadOnlyList<RecordingId> recordings) => Task.Run(async () =>
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var state = connection.Command(State, ("@service", service), ("@type", RecordingRow.GrainType));
        await using var reminder = connection.Command(Reminder, ("@service", service));
        (state.Transaction, reminder.Transaction) = (transaction, transaction);
        foreach (var recording in recordings)
        {
            var (n0, n1) = RecordingRows.KeyOf(recording);
            state.Set(("@n0", n0), ("@n1", n1));
            await state.ExecuteNonQueryAsync();
            reminder.Set(("@grain", GrainId.Create(GrainType.Create(RecordingRow.GrainType), GrainIdKeyExtensions.CreateGuidKey(recording.Value)).ToString()));
            await reminder.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    });
}
