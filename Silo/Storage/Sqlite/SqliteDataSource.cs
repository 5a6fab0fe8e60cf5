using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace RecordingCluster.Silo.Storage.Sqlite;

/// <summary>Opens connections to the one database file, each set to keep what it answered for.</summary>
internal sealed class SqliteDataSource(string path) : DbDataSource
{
    public override string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();

    protected override DbConnection CreateDbConnection() => new DurableConnection(ConnectionString);

    // Both settings belong to the connection and not to the file. FULL flushes at every commit, so that what was
    // answered survives power loss; secure_delete overwrites what is deleted instead of leaving it in free pages.
    private sealed class DurableConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            base.Open();
            using var command = CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";
            command.ExecuteNonQuery();
        }
    }
}
