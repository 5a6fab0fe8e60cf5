using System.Text.Json;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Storage;

/// <summary>The rows of recordings' grains, read past the grains.</summary>
internal static class RecordingRows
{
    private static readonly JsonSerializerOptions Options = StateJson.Configure(new JsonSerializerOptions());

    // Some seconds for 100,000.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>As Orleans takes a grain's guid apart.</summary>
    public static (long N0, long N1) KeyOf(RecordingId recording)
    {
        var bytes = recording.Value.ToByteArray();
        return (BitConverter.ToInt64(bytes, 0), BitConverter.ToInt64(bytes, sizeof(long)));
    }

    /// <summary>Those of which the vault of one silo should have something.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="silo">The silo; null where there is one alone.</param>
    public static IReadOnlyList<RecordingRow> Of(Database database, string? silo) => [.. Read(database).Select(row => row.In(silo)).OfType<RecordingRow>()];

    public static IReadOnlyList<RecordingRow> Read(Database database)
    {
        using var connection = database.OpenConnection();
        using var command = connection.Command(
            "SELECT GrainIdN0, GrainIdN1, PayloadBinary FROM OrleansStorage WHERE GrainTypeString = @type AND PayloadBinary IS NOT NULL", ("@type", RecordingRow.GrainType)).Patiently(Longest);
        using var row = command.ExecuteReader();
        var rows = new List<RecordingRow>();
        while (row.Read())
        {
            var id = new RecordingId(new Guid([.. BitConverter.GetBytes(row.GetInt64(0)), .. BitConverter.GetBytes(row.GetInt64(1))]));
            if (RecordingRow.Read(id, (byte[])row.GetValue(2), Options) is { } known)
            {
                rows.Add(known);
            }
        }

        return rows;
    }
}
