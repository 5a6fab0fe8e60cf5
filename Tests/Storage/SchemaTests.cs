using System.Globalization;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Storage;

/// <summary>The schema is made, kept and brought up to date by whoever starts first.</summary>
public sealed class SchemaTests : IDisposable
{
    private const string Queries = "SELECT QueryKey, QueryText FROM OrleansQuery ORDER BY QueryKey";

    private static readonly SqlDialect Sql = TestDatabase.IsPostgreSql ? new PostgreSqlDialect() : new SqliteDialect();

    private readonly StorageFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Creating_the_schema_twice_gives_the_same_as_once()
    {
        folder.Open().Dispose();
        var once = (folder.Look(Queries), Version());

        folder.Open().Dispose();

        Assert.Equal(once, (folder.Look(Queries), Version()));
        Assert.Equal(Today, Version());
        Assert.Equal(20, folder.Look("SELECT QueryKey FROM OrleansQuery").Split('\n').Length);
    }

    [Fact]
    public void A_database_of_any_earlier_version_is_brought_up_to_date_and_keeps_what_it_holds()
    {
        for (var version = 1; version < Schema.Steps(Sql).Length; version++)
        {
            using var earlier = new StorageFolder();
            Make(earlier, version);
            earlier.Look("INSERT INTO OrleansRemindersTable VALUES ('service', 'grain', 'expiry', '2026-03-02 09:00:00Z', 1, 2, 3)");

            earlier.Open().Dispose();

            Assert.Equal(Today, Version(earlier));
            Assert.Equal("grain|3", earlier.Look("SELECT GrainId, Version FROM OrleansRemindersTable"));
            Assert.Equal("0", earlier.Look("SELECT count(*) FROM people"));
        }
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
    public void A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        folder.Open().Dispose();
        folder.Look(Sql.WriteVersion(99));

        var refusal = Assert.Throws<RecordingClusterException>(folder.Open);

        Assert.Equal(
            (ErrorKind.Conflict, $"The database has schema version 99 and this program knows {Today} at most. Start the newer program that wrote it, or restore the backup made before the upgrade."),
            (refusal.Kind, refusal.Message));
        Assert.Equal("99", Version());
    }

    [Fact]
    public async Task Silos_that_start_at_once_make_one_schema()
    {
        var starts = Enumerable.Range(0, 8).Select(_ => Task.Run(() => folder.Open().Dispose(), TestContext.Current.CancellationToken));

        await Task.WhenAll(starts);

        Assert.Equal(Today, Version());
        Assert.Equal("20", folder.Look("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public void The_printed_script_makes_what_a_start_makes()
    {
        folder.Look(Schema.Print(Sql, from: 0));
        var queries = folder.Look(Queries);

        folder.Open().Dispose();

        Assert.Equal(Today, Version());
        Assert.Equal(queries, folder.Look(Queries));
    }

    // A step that was ever released never changes.
    [Fact]
    public void The_script_is_the_one_that_was_read_over() =>
        Approved.Equal(TestDatabase.IsPostgreSql ? "schema-postgresql" : "schema-sqlite", Schema.Print(Sql, from: 0));

    private static string Today => Schema.Steps(Sql).Length.ToString(CultureInfo.InvariantCulture);

    private static void Make(StorageFolder folder, int version)
    {
        foreach (var step in Schema.Steps(Sql).Take(version))
        {
            folder.Look(step);
        }

        folder.Look(Sql.WriteVersion(version));
    }

    private string Version() => Version(folder);

    private static string Version(StorageFolder folder) =>
        folder.Look(TestDatabase.IsPostgreSql ? "SELECT version FROM schema_version" : "PRAGMA user_version");
}
