using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Bookings;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

/// <summary>A database of the first schema, as the program of that time left it when it was killed while it recorded, is brought to today's by a start.</summary>
/// <remarks>
/// The files in First are dumps (sqlite3 .dump, pg_dump --inserts), and are never made anew. SQLite began with version 1,
/// PostgreSQL came with version 3.
/// </remarks>
public sealed partial class FirstSchemaTests : IDisposable
{
    private const int Starts = 8;

    private static readonly SqlDialect Sql = TestDatabase.IsPostgreSql ? new PostgreSqlDialect() : new SqliteDialect();
    private static readonly int First = TestDatabase.IsPostgreSql ? 3 : 1;
    private static readonly string Client = TestDatabase.IsPostgreSql ? "room-booking" : "walk"; // as who the room-booking system called then
    private static readonly int Today = Schema.Steps(Sql).Length;

    private readonly StorageFolder folder = new();

    public FirstSchemaTests() => folder.Look(File.ReadAllText(Dump));

    private static string Dump => Path.Combine(Here(), "First", TestDatabase.IsPostgreSql ? "postgresql.sql" : "sqlite.sql");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_brought_up_to_date_and_keeps_every_row()
    {
        var before = Rows();

        folder.Open().Dispose();

        Assert.Equal(Today, Version());
        Assert.Equal(before, Rows());
        Assert.Equal("2", folder.Look("SELECT count(*) FROM OrleansRemindersTable WHERE ReminderName = 'expiry'"));
    }

    [Fact]
    public void A_recording_that_was_under_way_is_known_with_its_parts_and_its_term()
    {
        using var database = folder.Open();

        var recordings = RecordingRows.Read(database);

        Assert.Equal(2, recordings.Count);
        Assert.All(recordings, recording =>
        {
            Assert.True(recording.IsOpen);
            Assert.NotEmpty(recording.Parts);
            Assert.Equal(Expiry(recording.Id.Value.ToString("N")), recording.ExpiresAt.UtcDateTime, TimeSpan.FromMinutes(1));
        });
    }

    // What a booking did not keep then, the trail tells.
    [Fact]
    public void A_talk_that_was_going_on_is_known_with_who_began_it_and_what_records_it()
    {
        using var database = folder.Open();

        var bookings = folder.Look($"SELECT {folder.Database.Text("PayloadBinary")} FROM OrleansStorage WHERE GrainTypeString = 'booking'").Split('\n')
            .Select(json => JsonSerializer.Deserialize<BookingState>(json, StateJson.Configure(new JsonSerializerOptions()))!.Phase).ToList();

        var talks = bookings.Select(Assert.IsType<BookingPhase.Talking>).ToList();
        Assert.Equal(
            RecordingRows.Read(database).Select(recording => recording.Id.Value).Order(),
            talks.Select(talking => Assert.IsType<Kept.Recorded>(talking.Talk.Kept).Recording.Value).Order());
        Assert.All(talks, talking => Assert.Equal((Client, Client), (talking.Talk.Interviewer, talking.Plan.Assessments.Single().By)));
        Assert.All(talks, talking => Assert.NotNull(talking.Plan.Letter));
    }

    [Fact]
    public async Task Its_trail_is_one_whole_chain_that_goes_on()
    {
        await using var database = folder.Open();
        var (site, store) = (SiteId.Of("town-hall"), new AuditStore(database));
        var entries = await store.Read(site, 1, int.MaxValue);
        var next = AuditChain.Next(entries[^1], new AuditNote("silo", "test", "subject", "", AuditResult.Done, null, "{}") { Trace = "0af7651916cd43dd8448eb211c80319c" }, entries[^1].At);

        var appended = await store.TryAppend(site, [next]);

        Assert.True(appended);
        Assert.All(entries.Add(next), (entry, place) => Assert.True(AuditChain.Follows(place == 0 ? null : entries[place - 1], entry)));
        Assert.Equal(next, await store.Last(site));
    }

    [Fact]
    public void It_has_then_the_tables_of_a_new_database()
    {
        using var made = new StorageFolder();
        made.Open().Dispose();

        folder.Open().Dispose();

        Assert.Equal(Tables(made), Tables(folder));
    }

    [Fact]
    public void A_second_start_changes_nothing()
    {
        folder.Open().Dispose();
        var once = (Rows(), Tables(folder), Version());

        folder.Open().Dispose();

        Assert.Equal(once, (Rows(), Tables(folder), Version()));
    }

    // A step that is made twice fails: its table is there.
    [Fact]
    public async Task Silos_that_start_at_once_make_each_step_once()
    {
        var before = Rows();
        var starts = Enumerable.Range(0, Starts).Select(_ => Task.Run(() => folder.Open().Dispose(), TestContext.Current.CancellationToken));

        await Task.WhenAll(starts);

        Assert.Equal(Today, Version());
        Assert.Equal(before, Rows());
    }

    [Fact]
    public void A_step_that_fails_leaves_the_version_and_all_tables_as_they_were_and_says_which_it_was()
    {
        folder.Look("CREATE TABLE processing_log (obstacle TEXT)"); // where step 4 makes its own
        var before = (Rows(), Tables(folder), Version());

        var fault = Assert.Throws<RecordingClusterException>(folder.Open);

        Assert.Equal(ErrorKind.Conflict, fault.Kind);
        Assert.Contains("The step to schema version 4 of the database", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"it has version {First} still", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, (Rows(), Tables(folder), Version()));
        folder.Look("DROP TABLE processing_log");
        folder.Open().Dispose();
        Assert.Equal(Today, Version());
    }

    [Fact]
    public void The_printed_script_from_its_version_on_does_the_same()
    {
        var before = Rows();
        using var started = new StorageFolder();
        started.Look(File.ReadAllText(Dump));
        started.Open().Dispose();

        folder.Look(Schema.Print(Sql, from: First));

        Assert.Equal(before, Rows());
        Assert.Equal((Tables(started), Today), (Tables(folder), Version()));
    }

    // All that the first program kept, but for the queries, which belong to a program, and bookings, which are carried over.
    private string Rows() => string.Join("\n\n", ((string[])
    [
        $"SELECT ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, {folder.Database.Text("PayloadBinary")} FROM OrleansStorage WHERE GrainTypeString <> 'booking' ORDER BY 2, 3, 4, 5",
        "SELECT * FROM OrleansRemindersTable ORDER BY GrainId, ReminderName",
        "SELECT * FROM OrleansMembershipTable",
        "SELECT site, number, at, actor, deed, subject, origin, result, opening, detail, previous, hash FROM audit_trail ORDER BY number",
        .. TestDatabase.IsPostgreSql ? ["SELECT people::text FROM people ORDER BY subject", "SELECT people_passkeys::text FROM people_passkeys", "SELECT people_proposals::text FROM people_proposals"] : Array.Empty<string>(),
    ]).Select(folder.Look));

    private DateTime Expiry(string recording) => DateTime.Parse(
        folder.Look($"SELECT StartTime FROM OrleansRemindersTable WHERE ReminderName = 'expiry' AND GrainId LIKE '%{recording}%'"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private int Version() => int.Parse(folder.Look(TestDatabase.IsPostgreSql ? "SELECT version FROM schema_version" : "PRAGMA user_version"), CultureInfo.InvariantCulture);

    // What each database says of its own tables, indexes and triggers.
    private static string Tables(StorageFolder folder) => TestDatabase.IsPostgreSql
        ? string.Join("\n\n",
            folder.Look("SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position"),
            folder.Look("SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"),
            folder.Look("SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"),
            folder.Look("SELECT tgrelid::regclass::text, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 3"))
        : Spaces().Replace(folder.Look("SELECT name, sql FROM sqlite_master ORDER BY name"), " ");

    // How the text was laid out is kept too, and is no difference.
    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
