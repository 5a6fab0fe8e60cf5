using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>The real host in this process, on free ports and a folder of its own, asked over real HTTP.</summary>
public sealed class PortalSilo : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;
    private CameraProcess camera = null!;

    public int Port { get; } = Ports.Free();

    /// <summary>Whether it begins with a regulation in force, or as a first start does.</summary>
    public bool HasRegulation { get; init; } = true;

    /// <summary>Where metrics are fetched.</summary>
    public Uri Scraping { get; } = new($"http://127.0.0.1:{Ports.Free()}");

    public Uri Address => new($"https://localhost:{Port}");

    public string Certificates => Path.Combine(folder["data"], "certificates");

    /// <summary>The file of signed heads.</summary>
    public string Heads => Path.Combine(folder["data"], "heads", "town-hall.jsonl");

    internal IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Every route of the running app, with its methods and its rule, as a table.</summary>
    internal string Routes => string.Join('\n', app.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .SelectMany(MethodsOf, (route, method) => $"{method} /{route.RoutePattern.RawText!.Trim('/')} : {RuleOf(route)}")
        .Distinct()
        .OrderBy(line => line[line.IndexOf('/', StringComparison.Ordinal)..], StringComparer.Ordinal));

    public async ValueTask InitializeAsync()
    {
        camera = await CameraProcess.Start();
        app = SiloHost.Build(
        [
            $"--Storage:Folder={folder["data"]}",
            $"--Network:PortalPort={Port}",
            $"--Network:ScrapePort={Scraping.Port}",
            $"--Network:SiloPort={Ports.Free()}",
            $"--Network:GatewayPort={Ports.Free()}",
            $"--Cameras:camera-1:Address={camera.Address}",
            $"--Cameras:camera-1:CredentialsFile={camera.CredentialsFile}",
            "--Demo:SignIn=true",
            "--Logging:LogLevel:Default=None",
            "--Logging:LogLevel:Orleans=None",
            "--Logging:LogLevel:Microsoft.AspNetCore=None",
        ]);
        await app.StartAsync();
        if (HasRegulation)
        {
            await TestRegulation.Activate(Grains, As);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await camera.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Calls of <see cref="Grains"/> in somebody's name, until disposed.</summary>
    internal IDisposable As(Caller caller) => CallerContext.Use(app.Services.GetRequiredService<CallerSigner>().TokenFor(caller));

    /// <summary>A connection for bytes as they are, which an HTTP client would put in order first.</summary>
    internal async Task<SslStream> Connect(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port, cancellation);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var options = PortalTrust.In(Certificates);
        options.TargetHost = Address.Host;
        await stream.AuthenticateAsClientAsync(options, cancellation);
        return stream;
    }

    /// <summary>What was refused since an entry, past all of our code, and the number of the last entry.</summary>
    internal (IReadOnlyList<string> Lines, long Last) Refusals(long since)
    {
        var (entries, last) = Entries(since);
        return ([.. entries.Where(entry => entry.Result == "Refused").Select(entry => entry.Line)], last);
    }

    /// <summary>What somebody did or was refused since an entry, each deed by its end.</summary>
    internal IReadOnlyList<string> DeedsOf(string actor, long since) =>
        [.. Entries(since).Entries.Where(entry => entry.Result != "Opened" && entry.Line.StartsWith($"{actor} | ", StringComparison.Ordinal)).Select(entry => entry.Line)];

    private (List<(string Result, string Line)> Entries, long Last) Entries(long since)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder["data"], "cluster.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number, actor, deed, subject, origin, result, detail FROM audit_trail WHERE number > $since ORDER BY number";
        command.Parameters.AddWithValue("$since", since);
        using var rows = command.ExecuteReader();
        var entries = new List<(string, string)>();
        while (rows.Read())
        {
            since = rows.GetInt64(0);
            entries.Add((rows.GetString(5), string.Join(" | ", rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.GetString(6))));
        }

        return (entries, since);
    }

    internal PortalClient Nobody() => new(Address, Certificates);

    internal Task<PortalClient> SignIn(string subject) => PortalClient.SignIn(Address, Certificates, subject);

    private static IEnumerable<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods } ? methods : ["ANY"];

    private static string RuleOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null ? "anyone"
        : route.Metadata.GetOrderedMetadata<RouteRuleAttribute>() is { Count: > 0 } rules ? $"{rules.Select(rule => rule.Allowed).Aggregate((all, one) => all & one)}"
        : "nobody";
}

/// <summary>Tests that share one silo, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PortalCollection : ICollectionFixture<PortalSilo>
{
    public const string Name = "portal";
}
