using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.PostgreSql;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>Two silos as on two servers, each with a vault and keys of its own, on one PostgreSQL; both reach the one camera. A third joins where a test wants it.</summary>
internal sealed class TwoSilos : IAsyncDisposable
{
    private const string ThirdName = "silo-3";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly PostgreSqlServer server;
    private readonly bool hasCopies;
    private readonly TownNetwork? town;
    private readonly TemporaryFolder folder = new();
    private readonly string database;
    private readonly CameraProcess camera;
    private readonly CancellationTokenSource stop = new();
    private Task counting = Task.CompletedTask;

    private TwoSilos(CameraProcess camera, PostgreSqlServer server, bool hasCopies, TownNetwork? town)
    {
        (this.camera, this.server, this.hasCopies, this.town, database) = (camera, server, hasCopies, town, server.Create());
        var certificates = new CertificateFolder(Certificates, TimeProvider.System);
        certificates.Init();
        foreach (var name in TownNetwork.Servers.Append(ThirdName))
        {
            certificates.Issue(new CertificateHolder(name, CertificateRole.Silo), ["localhost", $"{AddressOf(name)}"]).Dispose();
        }

        certificates.Issue(new CertificateHolder("room-booking", CertificateRole.BookingClient), []).Dispose();
    }

    /// <summary>The folder of the cluster's certificates.</summary>
    public string Certificates => folder["certificates"];

    public SiloProcess First { get; private set; } = null!;

    public SiloProcess Second { get; private set; } = null!;

    /// <summary>All that there are.</summary>
    public ImmutableArray<SiloProcess> All { get; private set; } = [];

    /// <summary>How many ffmpeg had the camera at once, at most, as far as was looked.</summary>
    public int MostRecorders { get; private set; }

    /// <param name="term">How long a recording is kept; 14 days when left out.</param>
    /// <param name="server">One of the test's own; the shared one when left out.</param>
    /// <param name="copies">Whether each keeps a second copy in the vault of the other.</param>
    /// <param name="settings">Settings of both.</param>
    /// <param name="second">Settings of the second silo alone.</param>
    /// <param name="town">The network in which they stand, with the server and the camera; loopback when left out.</param>
    /// <param name="before">Puts things into the database, and into a silo's folder, before the first start of that silo.</param>
    public static async Task<TwoSilos> Start(
        TimeSpan? term = null,
        PostgreSqlServer? server = null,
        bool copies = false,
        IReadOnlyDictionary<string, string>? settings = null,
        IReadOnlyDictionary<string, string>? second = null,
        TownNetwork? town = null,
        Action<string, string, PostgreSqlAddress>? before = null)
    {
        var two = new TwoSilos(await CameraProcess.StartAt(town?.AtCameras ?? IPAddress.Loopback), server ?? PostgreSqlServer.Shared, copies, town);
        two.First = await SiloProcess.Start(two.camera, two.Place("silo-1", null, term, With(settings, null, copies ? "silo-2" : null), before));
        try
        {
            two.Second = await SiloProcess.Start(two.camera, two.Place("silo-2", two.First, term, With(settings, second, copies ? "silo-1" : null), before));
        }
        catch
        {
            await two.First.DisposeAsync(); // or it would outlive this process
            throw;
        }

        two.All = [two.First, two.Second];
        two.counting = two.Count();
        return two;
    }

    /// <summary>A third silo, on loopback.</summary>
    public async Task AddThird() => All = All.Add(await SiloProcess.Start(camera, Place(ThirdName, First, null, [], null)));

    public SiloProcess Of(string? name) => All.Single(silo => silo.Name == name);

    public SiloProcess Other(SiloProcess silo) => silo == First ? Second : First;

    public async Task<(BookingId Booking, RecordingId Recording)> StartTalk()
    {
        var (booking, outcome) = await First.StartTalk();
        await SiloProcess.Until(
            async () => outcome is StartOutcome.Started or StartOutcome.AlreadyStarted || (outcome = await First.StartAgain(booking)) is StartOutcome.Started or StartOutcome.AlreadyStarted,
            Soon,
            () => $"It did not start: {outcome}\n{Logs}");
        return (booking, outcome is StartOutcome.Started started ? started.Recording : ((StartOutcome.AlreadyStarted)outcome).Recording);
    }

    /// <summary>The part that is being made, once it has this many fragments.</summary>
    public async Task<Part> Last(SiloProcess asked, RecordingId recording, int fragments = 1)
    {
        Part? last = null;
        await SiloProcess.Until(
            async () => (last = (await Parts(asked, recording)).LastOrDefault()) is { State: PartState.Open } && last.Fragments >= fragments, Soon, () => $"Nothing is recorded: {last}\n{Logs}");
        return last!;
    }

    /// <summary>Waits until a recording is told of a copy with this many fragments.</summary>
    public Task<TimeSpan> CopiesCome(SiloProcess asked, RecordingId recording, int fragments) => SiloProcess.Until(
        async () => (await asked.Read(recording)).Copies.Any(copy => copy.Fragments >= fragments), Soon, () => $"No copies come.\n{Logs}");

    /// <summary>Waits until another silo records, and answers how long that took.</summary>
    public Task<TimeSpan> TakenOver(SiloProcess by, RecordingId recording, TimeSpan wait) => TakenOver([by], recording, wait);

    /// <summary>Waits until one of these records, and answers how long that took.</summary>
    public Task<TimeSpan> TakenOver(ImmutableArray<SiloProcess> byOneOf, RecordingId recording, TimeSpan wait) => SiloProcess.Until(
        async () => (await Parts(byOneOf[0], recording)).Any(part => byOneOf.Any(silo => silo.Name == part.Vault) && part.State == PartState.Open && part.Fragments > 0),
        wait,
        () => $"{string.Join(" or ", byOneOf.Select(silo => silo.Name))} did not take it up.\n{Logs}");

    public List<int> Recorders() => First.Recorders();

    /// <summary>A talk that is over, of which each of the two has a part. The first of them was killed and is away.</summary>
    public async Task<(BookingId Booking, RecordingId Recording, SiloProcess Killed, SiloProcess Left)> RecordOnBoth()
    {
        var (booking, recording) = await StartTalk();
        var killed = Of((await Last(First, recording, 2)).Vault);
        var left = Other(killed);
        if (hasCopies)
        {
            await CopiesCome(left, recording, 1);
        }

        await killed.Kill();
        await TakenOver(left, recording, Soon);
        await Last(left, recording, 2);
        await left.StopTalk(booking);
        return (booking, recording, killed, left);
    }

    /// <summary>Whether the trail is one whole chain.</summary>
    public static async Task<bool> HasOneChain(SiloProcess asked)
    {
        using var officer = await asked.SignIn("demo-officer");
        var lines = Encoding.UTF8.GetString(await officer.Download(new Uri(asked.Portal, "/trail/check"))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return JsonDocument.Parse(lines[^1]).RootElement.GetProperty("isWhole").GetBoolean();
    }

    public string Logs => string.Join('\n', All.Select(silo => $"--- {silo.Name}\n{silo.Log}"));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await counting;
        foreach (var silo in All.Reverse())
        {
            await silo.DisposeAsync();
        }

        await camera.DisposeAsync();
        server.Drop(database);
        folder.Dispose();
        stop.Dispose();
    }

    // What is asked of a silo in the moment in which it ends may stay without an answer: it is asked again.
    private static async Task<ImmutableArray<Part>> Parts(SiloProcess asked, RecordingId recording)
    {
        try
        {
            return (await asked.Read(recording).WaitAsync(TimeSpan.FromSeconds(1))).Parts;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return [];
        }
    }

    private async Task Count()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await tick.WaitForNextTickAsync(stop.Token))
            {
                MostRecorders = Math.Max(MostRecorders, Recorders().Count);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? settings, IReadOnlyDictionary<string, string>? own, string? copyOn)
    {
        var all = new Dictionary<string, string>([.. settings ?? new Dictionary<string, string>(), .. own ?? new Dictionary<string, string>()]);
        if (copyOn is not null)
        {
            all["Storage__SecondCopyOn"] = copyOn;
        }

        return all;
    }

    private IPAddress AddressOf(string name) => town?.AddressOf(name) ?? IPAddress.Parse($"127.0.0.{name[^1]}");

    private SiloPlace Place(string name, SiloProcess? joins, TimeSpan? term, Dictionary<string, string> own, Action<string, string, PostgreSqlAddress>? before) => new(
        name,
        AddressOf(name),
        folder["certificates"],
        new Dictionary<string, string>(own)
        {
            ["Storage__Database__Host"] = $"{server.Host}",
            ["Storage__Database__Port"] = $"{server.Port}",
            ["Storage__Database__Name"] = database,
            ["Storage__Database__PasswordFile"] = server.PasswordFile,
            ["Storage__Database__AuthorityFile"] = server.Authority,
        },
        joins,
        term,
        town?.NamespaceOf(name),
        data => before?.Invoke(name, data, server.Address(database)));
}
