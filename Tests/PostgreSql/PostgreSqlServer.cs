using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Npgsql;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Silo;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.PostgreSql;

/// <summary>A real PostgreSQL server from Debian's package. Tests share one, each with a database of its own.</summary>
/// <remarks>It stops when this process ends, however that comes about: it listens to the end of its standard input.</remarks>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    public const string Owner = "recording_cluster";

    // Of one test's silo; several run beside each other.
    private const int MostConnections = 20;

    private static readonly Lazy<PostgreSqlServer> One = new(() => Start());

    private readonly TemporaryFolder? own;
    private readonly string folder;
    private readonly string[] settings;
    private Process process;
    private int databases;

    private PostgreSqlServer(string? folder, string[] settings, IPAddress? address = null)
    {
        own = folder is null ? new TemporaryFolder() : null;
        (Port, this.folder, this.settings) = (Ports.Free(), folder ?? own!.Path, settings);
        Host = address ?? IPAddress.Loopback;
        process = Run();
    }

    /// <summary>The one that tests share. What it stores need not outlive the machine.</summary>
    public static PostgreSqlServer Shared => One.Value;

    /// <summary>The address at which silos find it. On this machine it is always found at 127.0.0.1 too.</summary>
    public IPAddress Host { get; }

    public int Port { get; }

    /// <summary>The certificate of the CA that vouches for it.</summary>
    public string Authority => Path.Combine(folder, "ca.crt");

    public string PasswordFile => Path.Combine(folder, "password");

    private string PidFile => Path.Combine(folder, "data", "postmaster.pid");

    private string Password => File.ReadAllText(PasswordFile).Trim();

    /// <summary>One of a test's own, which it may also end.</summary>
    public static PostgreSqlServer Start(params string[] settings) => new(null, ["fsync=off", .. settings]);

    /// <summary>One whose files are in a folder of the test, which a disk of its own may be mounted at.</summary>
    public static PostgreSqlServer StartIn(string folder) => new(folder, ["fsync=off"]);

    /// <summary>One of a test's own that machines of a network find, at this machine's address there.</summary>
    public static PostgreSqlServer StartAt(IPAddress address) => new(null, ["fsync=off"], address);

    /// <summary>The folder of a database's files.</summary>
    public string FilesOf(string database) => Path.Combine(folder, "data", "base", Run("postgres", $"SELECT oid FROM pg_database WHERE datname = '{database}'"));

    /// <summary>It dies as by a power cut: kill -9 of the postmaster, by which all that serve connections end.</summary>
    public async Task Kill()
    {
        using var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(PidFile).First(), System.Globalization.CultureInfo.InvariantCulture));
        postmaster.Kill();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Whether it has not ended by itself.</summary>
    public bool IsRunning => File.Exists(PidFile) && File.ReadLines(PidFile).FirstOrDefault() is { } id && Directory.Exists($"/proc/{id}");

    /// <summary>It is started again, and recovers.</summary>
    public void ComeBack() => process = Run();

    /// <summary>An empty database.</summary>
    public string Create()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        Run("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    public void Drop(string database) => Run("postgres", $"DROP DATABASE {database} WITH (FORCE)");

    public PostgreSqlAddress Address(string database) => new("127.0.0.1", Port, database, Owner, () => Password, Authority, MostConnections);

    /// <summary>What somebody with psql does, as the owner of the database: rows as lines, columns parted by a bar.</summary>
    public string Run(string database, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Database = database, Username = Owner, Password = Password, SslMode = SslMode.VerifyFull, RootCertificate = Authority, Pooling = false,
        }.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        using var rows = command.ExecuteReader();
        return Rows.Text(rows);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        own?.Dispose();
    }

    private Process Run()
    {
        var start = new ProcessStartInfo(Script(), [folder, $"{Port}", .. settings]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!Host.Equals(IPAddress.Loopback))
        {
            start.Environment["ADDRESS"] = $"{Host}";
        }

        var started = Process.Start(start)!;
        started.ErrorDataReceived += (_, _) => { }; // drained, and said when it does not start
        var said = started.StandardOutput.ReadLine();
        Assert.True(said == "ready", $"PostgreSQL did not start: {(said is null ? started.StandardError.ReadToEnd() : said)}");
        started.BeginErrorReadLine();
        return started;
    }

    private static string Script([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "server.sh");
}
