using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RecordingCluster.Silo.Storage;

/// <summary>Gives connections to the embedded database. All that touches the file goes through here, so that each connection keeps the same promises.</summary>
internal sealed class SqliteDataSource(string path) : DbDataSource
{
    // A write takes about a millisecond, so this many milliseconds let some ten thousand of them go first.
    private const int BusyTimeoutMilliseconds = 10_000;

    // These are settings of a connection, not of the file, so each makes them for itself, once: the pool hands out the same again.
    // FULL, because what was answered as stored must survive a power cut (in WAL mode the default does not flush);
    // secure_delete, because an erased row must leave no bytes behind in a free page (R9).
    private static readonly string Settings = FormattableString.Invariant($"""
        PRAGMA busy_timeout = {BusyTimeoutMilliseconds};
        PRAGMA synchronous = FULL;
        PRAGMA foreign_keys = ON;
        PRAGMA secure_delete = ON;
        """);

    private static readonly ConditionalWeakTable<sqlite3, object> Set = [];

    public override string ConnectionString { get; } =
        new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite }.ToString();

    protected override DbConnection CreateDbConnection() => new Connection(ConnectionString);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    // The host disposes asynchronously, and that way does not lead through Dispose(true).
    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    // The last connection that closes folds the write-ahead log back into the file, and with it what was erased since.
    private void Close()
    {
        using var pooled = new Connection(ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private sealed class Connection(string connectionString) : SqliteConnection(connectionString)
    {
        public override void Open()
        {
            base.Open();
            if (Set.TryGetValue(Handle!, out _))
            {
                return;
            }

            using var command = CreateCommand();
            command.CommandText = Settings;
            command.ExecuteNonQuery();
            Set.TryAdd(Handle!, Settings);
        }
    }
}
