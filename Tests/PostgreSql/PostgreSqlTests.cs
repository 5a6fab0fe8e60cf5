using System.Data.Common;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Audit;
using RecordingCluster.Tests.Certificates;
using RecordingCluster.Tests.Faults;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.PostgreSql;

/// <summary>What only PostgreSQL has: a server to be reached, several writers at once, accounts with rights of their own.</summary>
public sealed class PostgreSqlTests : IDisposable
{
    private readonly PostgreSqlServer server = PostgreSqlServer.Shared;
    private readonly string name;

    public PostgreSqlTests() => name = server.Create();

    public void Dispose() => server.Drop(name);

    [Fact]
    public void It_holds_all_tables_and_the_index_of_reminders()
    {
        Open().Dispose();

        var tables = server.Run(name, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1");
        var index = server.Run(name, "SELECT indexdef FROM pg_indexes WHERE indexname = 'orleansremindersbyhash'");

        Assert.Equal(
            "audit_trail\norleansmembershiptable\norleansmembershipversiontable\norleansquery\norleansreminderstable\norleansstorage\npeople\npeople_passkeys\npeople_proposals\nprocessing_log\nschema_version", tables);
        Assert.EndsWith("(serviceid, grainhash)", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRUNCATE audit_trail", "deleted")]
    [InlineData("TRUNCATE audit_trail CASCADE", "deleted")]
    [InlineData("INSERT INTO audit_trail SELECT * FROM audit_trail ON CONFLICT (site, number) DO UPDATE SET detail = 'other'", "changed")]
    [InlineData("MERGE INTO audit_trail USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE", "deleted")]
    [InlineData("SET session_replication_role = replica; DELETE FROM audit_trail", "deleted")]
    public void The_trail_only_grows_whatever_way_there_is(string sql, string what)
    {
        Open().Dispose();
        server.Run(name, "INSERT INTO audit_trail VALUES ('hall', 1, 'at', 'a', 'd', 's', 'o', 'Done', NULL, '{}', '00', '00', '')");

        var refusal = Assert.ThrowsAny<DbException>(() => server.Run(name, sql));

        Assert.Contains($"The audit trail only grows: an entry is never {what}.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("hall|{}", server.Run(name, "SELECT site, detail FROM audit_trail"));
    }

    [Fact]
    public void Every_connection_is_tls_1_3_flushes_what_it_stored_and_tells_who_it_is()
    {
        using var database = Open();
        using var connection = database.OpenConnection();

        using var row = connection.Command("SELECT s.version, current_setting('synchronous_commit'), a.application_name FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE pid = pg_backend_pid()").ExecuteReader();

        Assert.True(row.Read());
        Assert.Equal(("TLSv1.3", "on", "recording-cluster"), (row.GetString(0), row.GetString(1), row.GetString(2)));
    }

    [Fact]
    public void A_server_whose_certificate_another_authority_signed_is_refused_and_hears_no_password()
    {
        using var other = new TestAuthority();
        var asked = false;

        var refusal = Assert.Throws<RecordingClusterException>(() => new PostgreSqlDatabase(server.Address(name) with
        {
            Authority = other["ca.crt"],
            Password = () =>
            {
                asked = true;
                return "secret";
            },
        }).MadeWhole());

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.False(asked);
    }

    [Fact]
    public void A_connection_without_tls_is_refused_by_the_server()
    {
        var refusal = Assert.Throws<RecordingClusterException>(() => new PostgreSqlDatabase(server.Address(name) with { Authority = null }).MadeWhole());

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
    }

    [Fact]
    public void What_cannot_be_opened_is_said_by_name_and_without_the_password()
    {
        const string password = "correct-horse-battery";

        var refusal = Assert.Throws<RecordingClusterException>(() => new PostgreSqlDatabase(server.Address(name) with { Password = () => password }).MadeWhole());

        Assert.Equal(ErrorKind.Unavailable, refusal.Kind);
        Assert.Contains($"{name} as recording_cluster at 127.0.0.1:{server.Port}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(password, server.Address(name).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_was_changed_holds_from_the_next_connection_on()
    {
        server.Run(name, $"CREATE ROLE changing_{name} LOGIN PASSWORD 'first'");
        var password = "first";
        Open().Dispose();
        using var database = new PostgreSqlDatabase(server.Address(name) with { User = $"changing_{name}", Password = () => password });
        using var held = database.OpenConnection(); // so that the next is a new one

        server.Run(name, $"ALTER ROLE changing_{name} PASSWORD 'second'");
        var refused = Assert.ThrowsAny<DbException>(() => database.OpenConnection());
        password = "second";
        database.OpenConnection().Dispose();

        Assert.Contains("password", refused.Message, StringComparison.Ordinal);
        server.Run(name, $"DROP ROLE changing_{name}");
    }

    [Fact]
    public async Task A_silo_has_no_more_connections_than_it_is_given_and_who_needs_one_more_waits()
    {
        Open().Dispose();
        await using var database = new PostgreSqlDatabase(server.Address(name) with { MostConnections = 2 });
        await using var first = await database.OpenConnectionAsync();
        var second = await database.OpenConnectionAsync();

        var third = database.OpenConnectionAsync();
        var waited = !third.IsCompleted;
        await second.DisposeAsync();
        await (await third).DisposeAsync();

        Assert.True(waited);
        Assert.Equal("2", server.Run(name, $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND application_name = 'recording-cluster'"));
    }

    [Fact]
    public async Task A_silo_that_is_cut_off_in_the_midst_of_an_entry_holds_the_others_up_for_seconds()
    {
        Open().Dispose();
        await using var wire = new Wire(server.Port);
        await using var cutOff = new PostgreSqlDatabase(server.Address(name) with { Port = wire.Port });
        await using var left = new PostgreSqlDatabase(server.Address(name));
        var entry = TestTrail.Chain(1);
        var connection = await cutOff.OpenConnectionAsync(); // nobody closes it
        _ = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        connection.Execute("INSERT INTO audit_trail VALUES ('town-hall', 1, 'at', 'a', 'd', 's', 'o', 'Done', NULL, '{}', '00', '00', '')");

        wire.IsCut = true; // the server is not told, and has the entry's number
        var waited = await SiloProcess.Until(() => Takes(left), TimeSpan.FromSeconds(20), () => "The trail takes nothing any more.");
        wire.IsCut = false;

        Assert.Equal(entry[0], await new AuditStore(left).Last(TestTrail.Site));
        TestContext.Current.TestOutputHelper!.WriteLine($"held up for {waited.TotalSeconds:F1} s");

        async Task<bool> Takes(Database database)
        {
            try
            {
                return await new AuditStore(database).TryAppend(TestTrail.Site, entry);
            }
            catch (DbException)
            {
                return false; // it waited as long as a statement may
            }
        }
    }

    [Fact]
    public void An_account_that_may_not_change_the_schema_opens_one_that_is_up_to_date_and_cannot_rid_the_trail_of_its_guards()
    {
        Open().Dispose();
        var account = $"silo_{name}";
        server.Run(name, $"CREATE ROLE {account} LOGIN PASSWORD 'silo'; {Schema.Grants(account)}");
        var address = server.Address(name) with { User = account, Password = () => "silo" };

        using (var database = new PostgreSqlDatabase(address).MadeWhole())
        {
            using var connection = database.OpenConnection();
            connection.Execute("INSERT INTO audit_trail VALUES ('hall', 1, 'at', 'a', 'd', 's', 'o', 'Done', NULL, '{}', '00', '00', '')");
            Assert.ThrowsAny<DbException>(() => connection.Execute("DROP TRIGGER audit_trail_never_changes ON audit_trail"));
            Assert.ThrowsAny<DbException>(() => connection.Execute("UPDATE audit_trail SET detail = ''"));
            Assert.ThrowsAny<DbException>(() => connection.Execute("CREATE TABLE mine (one INTEGER)"));
        }

        server.Run(name, "UPDATE OrleansQuery SET QueryText = 'SELECT 1'");
        var refusal = Assert.Throws<RecordingClusterException>(() => new PostgreSqlDatabase(address).MadeWhole());

        Assert.Contains("Silo schema apply", refusal.Message, StringComparison.Ordinal);
        server.Run(name, $"DROP OWNED BY {account}; DROP ROLE {account}");
    }

    private Database Open() => new PostgreSqlDatabase(server.Address(name)).MadeWhole();
}
