using System.Data.Common;
using Microsoft.Data.Sqlite;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

/// <summary>What only SQLite promises: one file, for its owner alone, from which what was erased is gone.</summary>
public sealed class SqliteTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_holds_all_tables_and_the_index_of_reminders()
    {
        Open().Dispose();

        var tables = Look("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        var index = Look("SELECT name FROM pragma_index_info('OrleansRemindersByHash') ORDER BY seqno");

        Assert.Equal("OrleansMembershipTable\nOrleansMembershipVersionTable\nOrleansQuery\nOrleansRemindersTable\nOrleansStorage\naudit_trail\npeople\npeople_passkeys\npeople_proposals\nprocessing_log", tables);
        Assert.Equal("ServiceId\nGrainHash", index);
    }

    [Fact]
    public void An_entry_of_the_trail_is_not_replaced_either()
    {
        Open().Dispose();
        Look("INSERT INTO audit_trail SELECT 'hall', 1, 'at', 'a', 'd', 's', 'o', 'Done', NULL, '{}', '00', '00', ''");

        var refusal = Assert.ThrowsAny<DbException>(() => Look("INSERT OR REPLACE INTO audit_trail SELECT * FROM audit_trail"));

        Assert.Contains("The audit trail only grows: an entry is never replaced.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.WriteAllText(Database, new string('x', 4096));

        var refusal = Assert.Throws<RecordingClusterException>(Open);

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.Contains(Database, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_a_folder_is_refused()
    {
        var refusal = Assert.Throws<RecordingClusterException>(() => new SqliteDatabase(folder.Path));

        Assert.Equal(ErrorKind.InvalidInput, refusal.Kind);
    }

    [Fact]
    public void The_file_and_its_log_are_for_the_owner_only_and_so_is_the_folder()
    {
        using var database = Open();
        using var connection = database.OpenConnection();

        var files = Directory.GetFiles(Path.GetDirectoryName(Database)!);

        Assert.Equal(["cluster.db", "cluster.db-shm", "cluster.db-wal"], files.Order().Select(Path.GetFileName));
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], files.Select(File.GetUnixFileMode).Distinct());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Database)!));
    }

    [Fact]
    public void Every_connection_flushes_waits_keeps_foreign_keys_and_erases_for_good()
    {
        using var database = Open();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var connection = database.OpenConnection();
            Assert.Equal(
                (2, 10_000, 1, 1),
                (connection.Number("PRAGMA synchronous"), connection.Number("PRAGMA busy_timeout"), connection.Number("PRAGMA foreign_keys"), connection.Number("PRAGMA secure_delete")));
        }

        Assert.Equal("wal", Look("PRAGMA journal_mode"));
    }

    private string Database => folder[Path.Combine("data", "cluster.db")];

    private Database Open() => new SqliteDatabase(Database).MadeWhole();

    private string Look(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        return Rows.Text(rows);
    }
}
