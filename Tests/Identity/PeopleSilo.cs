using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Identity;

/// <summary>The real silo as in service, without the demo's sign-in: a process of its own, whose portal a browser opens.</summary>
internal sealed partial class PeopleSilo : IAsyncDisposable
{
    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly (int Portal, int Silo, int Gateway) ports = (Ports.Free(), Ports.Free(), Ports.Free());
    private readonly List<string> output = [];
    private readonly CameraProcess? camera;
    private readonly string? telemetry;
    private Process? process;

    private PeopleSilo(CameraProcess? camera, string? telemetry) => (this.camera, this.telemetry) = (camera, telemetry);

    public string Data => folder["data"];

    public int Id => process!.Id;

    public int GatewayPort => ports.Gateway;

    public int SiloPort => ports.Silo;

    public Uri Portal => new($"https://localhost:{ports.Portal}");

    public string Certificates => folder[Path.Combine("data", "certificates")];

    public string Database => folder[Path.Combine("data", "cluster.db")];

    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>The one-time links that the last start printed, by role.</summary>
    public IReadOnlyDictionary<string, string> PrintedLinks => LinksIn(Output);

    public static IReadOnlyDictionary<string, string> LinksIn(string text) => PrintedLink().Matches(text).ToDictionary(match => match.Groups["role"].Value, match => match.Groups["link"].Value);

    public static async Task<PeopleSilo> Start(CameraProcess? camera = null, string? telemetry = null)
    {
        var silo = new PeopleSilo(camera, telemetry);
        await silo.ComeBack();
        return silo;
    }

    public async Task ComeBack()
    {
        lock (output)
        {
            output.Clear();
        }

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RecordingCluster.Silo.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Storage__Folder"] = folder["data"];
        start.Environment["Network__PortalPort"] = $"{ports.Portal}";
        start.Environment["Network__SiloPort"] = $"{ports.Silo}";
        start.Environment["Network__GatewayPort"] = $"{ports.Gateway}";
        if (camera is not null)
        {
            start.Environment["Cameras__camera-1__Address"] = camera.Address;
            start.Environment["Cameras__camera-1__CredentialsFile"] = camera.CredentialsFile;
        }

        if (telemetry is not null)
        {
            start.Environment["Network__MetricsEndpoint"] = telemetry;
            start.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            start.Environment["Processing__Endpoint"] = telemetry;
            start.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await SiloProcess.Until(IsReady, StartWait, () => $"The silo did not become ready:\n{Output}");
    }

    public async Task Stop()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{process!.Id}"]);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>What the owner of the database does, who has not the silo's keys.</summary>
    public string Owner(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = 10000; {sql}";
        using var rows = command.ExecuteReader();
        var lines = new List<string>();
        do
        {
            while (rows.Read())
            {
                lines.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)));
            }
        }
        while (rows.NextResult());

        return string.Join('\n', lines.Skip(1)); // the first is the timeout's own answer
    }

    /// <summary>What the silo itself would do: changes a person, and seals it.</summary>
    public async Task Change(string label, Action<Person> change)
    {
        using var database = new SqliteDatabase(Database);
        using var key = PeopleKey.OpenOrMake(folder[Path.Combine("data", "keys")]);
        await using var tables = PeopleContext.On(database);
        var book = new PeopleBook(tables, database, new PeopleSeal(key), new BrokenSeals(null!, NullLogger<BrokenSeals>.Instance));
        var person = (await book.All()).Single(person => person.Label == label);
        change(person);
        await book.Save(person);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Dispose();
    }

    private async Task<bool> IsReady()
    {
        if (!File.Exists(Path.Combine(Certificates, "ca.crt")))
        {
            return false; // its first start makes them
        }

        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { SslOptions = PortalTrust.In(Certificates) }) { BaseAddress = Portal };
            return (await http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Add(line);
            }
        }
    }

    [GeneratedRegex(@"^  (?<role>\w+) \([a-z0-9-]+\): (?<link>\S+#\S+)$", RegexOptions.Multiline)]
    private static partial Regex PrintedLink();
}
