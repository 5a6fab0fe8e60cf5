using System.Data.Common;
using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace RecordingCluster.Silo.Storage;

/// <summary>A cluster on several machines: a PostgreSQL server that all silos share.</summary>
internal sealed class PostgreSqlDatabase : Database
{
    // A server that is there accepts at once; one that is not must not hold up whoever waits for an answer.
    private const int ConnectSeconds = 3;

    // How long a server may be silent within a statement. The slowest that a grain waits for reads the reminders of a range: it
    // takes some seconds for 300,000 rows, which come one after the other. What may think for longer says so itself.
    private const int StatementSeconds = 5;

    // A server that is silent would not hear of it either.
    private const int DoNotAskItToStop = -1;

    // Orleans' queries and ours are some forty; each connection has the server plan them once.
    private const int PreparedStatements = 50;

    // A silo that is cut off, or loses its power, does not tell the server that it goes. What it holds in a transaction, as the next
    // number of the trail, would keep all others from writing until the server's system gives the connection up, after two hours
    // by default. Nothing of ours pauses within a transaction; 5 s is as long as a statement waits for another.
    private const int LongestPauseInTransactionMilliseconds = 5000;

    // And its other connections would count until then among those that the server has: they end 10 s after the last that was
    // heard of it, 5 s of silence and five questions of a second each.
    private const string LetGo = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=5 -c tcp_user_timeout=10000";

    private readonly PostgreSqlAddress address;
    private readonly NpgsqlDataSource source;

    // A connection of its own: whether the server is there must not wait for one that others hold.
    private readonly NpgsqlDataSource asking;

    public PostgreSqlDatabase(PostgreSqlAddress address)
    {
        this.address = address;
        (source, asking) = (Build(address, address.MostConnections), Build(address, 1));
    }

    public override string Invariant => "Npgsql";

    public override DbDataSource Source => source;

    public override bool IsServer => true;

    public override SqlDialect Sql { get; } = new PostgreSqlDialect();

    public override string Name => $"{address.Database} as {address.User} at {address.Host}:{address.Port}";

    public override string Remedy =>
        "Check that the server runs, that Storage:Database names it, its authority and this account rightly, and that the account may change the schema; one who may can do that beforehand: Silo schema apply.";

    public override async Task Ask(TimeSpan patience, CancellationToken stop)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        soon.CancelAfter(patience);
        await using var connection = await asking.OpenConnectionAsync(soon.Token);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(soon.Token);
    }

    public override void Renew() => source.Clear();

    public override void Dispose()
    {
        asking.Dispose();
        base.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await asking.DisposeAsync();
        await base.DisposeAsync();
    }

    public override void Use(DbContextOptionsBuilder tables) => tables.UseNpgsql(source);

    private static NpgsqlDataSource Build(PostgreSqlAddress address, int mostConnections)
    {
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = address.User,
            MaxPoolSize = mostConnections,
            SslMode = address.Authority is null ? SslMode.Disable : SslMode.VerifyFull,
            RootCertificate = address.Authority,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = ConnectSeconds,
            CommandTimeout = StatementSeconds,
            CancellationTimeout = DoNotAskItToStop,
            MaxAutoPrepare = PreparedStatements,
            ApplicationName = "recording-cluster",
            Enlist = false,

            // What was answered as stored must survive a power cut, whatever the server's own default is.
            Options = string.Create(CultureInfo.InvariantCulture, $"-c synchronous_commit=on -c idle_in_transaction_session_timeout={LongestPauseInTransactionMilliseconds} {LetGo}"),
        }.ToString());

        // Asked for at each new connection, so that it can be changed without a start, and stands in no connection string.
        source.UsePasswordProvider(_ => address.Password(), (_, _) => ValueTask.FromResult(address.Password()));
        source.UseSslClientAuthenticationOptionsCallback(tls =>
        {
            tls.EnabledSslProtocols = SslProtocols.Tls13;

            // What the server's certificate says about where to look for others is not followed (R20).
            tls.CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        });
        return source.Build();
    }
}

/// <summary>Where a PostgreSQL server is, and as whom it is used.</summary>
/// <param name="Host">An IP address: no name is looked up (R20).</param>
/// <param name="Port">Its port.</param>
/// <param name="Database">The cluster's own database on it.</param>
/// <param name="User">The account.</param>
/// <param name="Password">Reads the account's password; a secret.</param>
/// <param name="Authority">A file with the certificate of the CA that vouches for the server; null for a connection without TLS, in a demo.</param>
/// <param name="MostConnections">So many at once; who needs one more waits.</param>
internal sealed record PostgreSqlAddress(string Host, int Port, string Database, string User, Func<string> Password, string? Authority, int MostConnections)
{
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}
