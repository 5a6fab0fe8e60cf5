using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    private const string Everything = "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema ORDER BY type, name";
    private const string Queries = "SELECT QueryKey, QueryText FROM OrleansQuery ORDER BY QueryKey";

    private readonly StorageFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Creating_the_schema_twice_gives_the_same_as_once()
    {
        folder.Open().Dispose();
        var once = (folder.Look(Everything), folder.Look(Queries), folder.Look("PRAGMA user_version"));

        folder.Open().Dispose();
        var twice = (folder.Look(Everything), folder.Look(Queries), folder.Look("PRAGMA user_version"));

        Assert.Equal(once, twice);
        Assert.Equal("3", once.Item3);
    }

    [Fact]
    public void It_holds_all_tables_the_index_of_reminders_and_each_query_that_orleans_asks_for()
    {
        folder.Open().Dispose();

        var tables = folder.Look("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        var index = folder.Look("SELECT name FROM pragma_index_info('OrleansRemindersByHash') ORDER BY seqno");
        var queries = folder.Look("SELECT QueryKey FROM OrleansQuery ORDER BY QueryKey").Split('\n');

        Assert.Equal("OrleansMembershipTable\nOrleansMembershipVersionTable\nOrleansQuery\nOrleansRemindersTable\nOrleansStorage\naudit_trail\npeople\npeople_passkeys\npeople_proposals", tables);
        Assert.Equal("ServiceId\nGrainHash", index);
        Assert.Equal(20, queries.Length);
    }

    [Fact]
    public void A_start_replaces_the_queries_of_an_older_program()
    {
        folder.Open().Dispose();
        var ours = folder.Look(Queries);
        folder.Look("UPDATE OrleansQuery SET QueryText = 'SELECT 1'");

        folder.Open().Dispose();

        Assert.Equal(ours, folder.Look(Queries));
    }

    [Fact]
    public void A_file_from_a_newer_program_is_refused_and_left_as_it_is()
    {
        folder.Open().Dispose();
        folder.Look("PRAGMA user_version = 99");

        var refusal = Assert.Throws<RecordingClusterException>(folder.Open);

        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        Assert.Equal("99", folder.Look("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        File.WriteAllText(folder.Database, new string('x', 4096));

        var refusal = Assert.Throws<RecordingClusterException>(folder.Open);

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.Contains(folder.Database, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_a_folder_is_refused()
    {
        var refusal = Assert.Throws<RecordingClusterException>(() => EmbeddedStorageExtensions.Open(folder.Root));

        Assert.Equal(ErrorKind.InvalidInput, refusal.Kind);
    }

    [Fact]
    public async Task Silos_that_start_at_once_make_one_schema()
    {
        var starts = Enumerable.Range(0, 8).Select(_ => Task.Run(() => folder.Open().Dispose(), TestContext.Current.CancellationToken));

        await Task.WhenAll(starts);

        Assert.Equal("3", folder.Look("PRAGMA user_version"));
        Assert.Equal("20", folder.Look("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public void The_file_and_its_log_are_for_the_owner_only_and_so_is_the_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var database = folder.Open();
        using var connection = database.OpenConnection();

        var files = Directory.GetFiles(Path.GetDirectoryName(folder.Database)!).Order().Select(Path.GetFileName);
        var modes = Directory.GetFiles(Path.GetDirectoryName(folder.Database)!).Select(Mode).Distinct();

        Assert.Equal(["cluster.db", "cluster.db-shm", "cluster.db-wal"], files);
        Assert.Equal([UnixFileMode.UserRead | UnixFileMode.UserWrite], modes);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(Path.GetDirectoryName(folder.Database)!));
    }

    [Fact]
    public void Every_connection_flushes_waits_keeps_foreign_keys_and_erases_for_good()
    {
        using var database = folder.Open();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var connection = database.OpenConnection();
            Assert.Equal(
                (2, 10_000, 1, 1),
                (connection.Number("PRAGMA synchronous"), connection.Number("PRAGMA busy_timeout"), connection.Number("PRAGMA foreign_keys"), connection.Number("PRAGMA secure_delete")));
        }

        Assert.Equal("wal", folder.Look("PRAGMA journal_mode"));
    }

    // Only reached where files have modes.
    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
