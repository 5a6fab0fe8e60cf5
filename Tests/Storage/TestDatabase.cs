using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.PostgreSql;

namespace RecordingCluster.Tests.Storage;

/// <summary>The database of one test, gone afterwards with all that is in it.</summary>
/// <remarks>
/// Tests say what holds on every database; the environment variable <see cref="Variable"/> says on which one this run shows
/// it: <c>sqlite</c>, as when it is not set, or <c>postgresql</c>.
/// </remarks>
internal abstract partial class TestDatabase : IDisposable
{
    public const string Variable = "TEST_DATABASE";

    public static bool IsPostgreSql { get; } = Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "sqlite" => false,
        "postgresql" => true,
        var other => throw new InvalidOperationException($"{Variable} is {other}; it must be sqlite or postgresql."),
    };

    /// <param name="file">Where it is, on SQLite.</param>
    public static TestDatabase In(string file) => IsPostgreSql ? new OnPostgreSql() : new OnSqlite(file);

    /// <summary>Opens it as the silo does.</summary>
    public abstract Database Open();

    /// <summary>Does what somebody with the database's own tool does, past all of our code: rows as lines, columns parted by a bar.</summary>
    public abstract string Look(string sql);

    /// <summary>Whether these words stand anywhere in its files.</summary>
    public abstract bool Holds(string words);

    /// <summary>All that its tables hold, bytes among it; on SQLite its files, with what was deleted and not yet overwritten.</summary>
    public abstract byte[] Dump();

    /// <summary>SQL for the text of bytes.</summary>
    public abstract string Text(string bytes);

    /// <summary>SQL for the bytes of a text.</summary>
    public abstract string Bytes(string text);

    /// <summary>How a silo of its own is told of it.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    public abstract void Dispose();

    private static bool AnyHolds(IEnumerable<string> files, string words) => files.Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);

    private sealed class OnSqlite(string file) : TestDatabase
    {
        public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

        public override Database Open() => new SqliteDatabase(file).MadeWhole();

        public override string Look(string sql)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            return Rows.Text(rows);
        }

        private IEnumerable<string> Files => Directory.EnumerateFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}*");

        public override bool Holds(string words) => AnyHolds(Files, words);

        public override byte[] Dump() => [.. Files.SelectMany(File.ReadAllBytes)];

        public override string Text(string bytes) => $"CAST({bytes} AS TEXT)";

        public override string Bytes(string text) => $"CAST({text} AS BLOB)";

        public override void Dispose()
        {
            // Its folder goes, and the file with it.
        }
    }

    private sealed partial class OnPostgreSql : TestDatabase
    {
        private readonly PostgreSqlServer server = PostgreSqlServer.Shared;
        private readonly string name;

        public OnPostgreSql()
        {
            name = server.Create();
            Settings = new Dictionary<string, string>
            {
                ["Storage__Database__Host"] = "127.0.0.1",
                ["Storage__Database__Port"] = $"{server.Port}",
                ["Storage__Database__Name"] = name,
                ["Storage__Database__PasswordFile"] = server.PasswordFile,
                ["Storage__Database__AuthorityFile"] = server.Authority,
            };
        }

        public override IReadOnlyDictionary<string, string> Settings { get; }

        public override Database Open() => new PostgreSqlDatabase(server.Address(name)).MadeWhole();

        public override string Look(string sql) => server.Run(name, ByteLiteral().Replace(sql, @"'\x$1'::bytea"));

        public override bool Holds(string words)
        {
            Look("CHECKPOINT"); // so that the files hold what is committed
            return AnyHolds(Directory.EnumerateFiles(server.FilesOf(name)), words);
        }

        // Bytes come as hexadecimal digits, as they are compressed in the files.
        public override byte[] Dump() => [.. Look("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").Split('\n').SelectMany(table => Encoding.UTF8.GetBytes(Look($"SELECT * FROM \"{table}\"")))];

        public override string Text(string bytes) => $"convert_from({bytes}, 'UTF8')";

        public override string Bytes(string text) => $"convert_to({text}, 'UTF8')";

        public override void Dispose() => server.Drop(name);

        [GeneratedRegex("x'([0-9a-f]*)'")]
        private static partial Regex ByteLiteral();
    }
}
