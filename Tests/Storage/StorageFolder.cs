using Microsoft.Data.Sqlite;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

/// <summary>A folder of its own for one test, gone with all that is in it afterwards.</summary>
internal sealed class StorageFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storage-");

    public string Root => folder.FullName;

    public string Database => Path.Combine(Root, "data", "cluster.db");

    /// <summary>Opens the database as the silo does.</summary>
    public SqliteDataSource Open() => EmbeddedStorageExtensions.Open(Database);

    /// <summary>Looks into the file past all of our code, as somebody with the sqlite3 tool would.</summary>
    public string Look(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? "" : rows.GetString(column))));
        }

        return string.Join('\n', lines);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
