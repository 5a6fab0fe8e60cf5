using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Security;

namespace RecordingCluster.Tests.Silo;

/// <summary>The real silo as a process of its own, on a folder of its own, with a client. It can be killed and started again.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    public static readonly CameraId Camera = new("camera-1");
    public static readonly RoomId Room = new("room-1");

    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly CameraProcess? camera;
    private readonly SiloPlace? place;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly (int Portal, int Silo, int Gateway, int Vault) ports; // all portals have one
    private readonly List<string> log = [];
    private Process? process;
    private IHost? client;

    private SiloProcess(CameraProcess? camera, SiloPlace? place, IReadOnlyDictionary<string, string>? settings)
    {
        (this.camera, this.place, this.settings) = (camera, place, settings ?? place?.Settings ?? []);
        var at = place?.Network is null ? place?.Address : null; // in a network of its own nobody else has any
        ports = (place?.Joins?.ports.Portal ?? Ports.Free(at), Ports.Free(at), Ports.Free(at), Ports.Free(at));
    }

    public string Data => folder["data"];

    /// <summary>The temporary folder of the silo and its children.</summary>
    public string Temporary => Directory.CreateDirectory(folder["tmp"]).FullName;

    public string Vault => Path.Combine(Data, "vault");

    public int Id => process!.Id;

    public bool HasEnded => process!.HasExited;

    public string Certificates => place?.Certificates ?? Path.Combine(Data, "certificates");

    public Uri Portal => new($"https://localhost:{ports.Portal}");

    /// <summary>Where it listens.</summary>
    public IPAddress Address => place?.Address ?? IPAddress.Loopback;

    /// <summary>By which the other silos know it.</summary>
    public string Name => place?.Name ?? "silo";

    public int SiloPort => ports.Silo;

    public int GatewayPort => ports.Gateway;

    public int VaultPort => ports.Vault;

    public IClusterClient Client => client!.Services.GetRequiredService<IClusterClient>();

    public string Log
    {
        get
        {
            lock (log)
            {
                return string.Join('\n', log);
            }
        }
    }

    /// <summary>Without a camera, for what needs none.</summary>
    /// <param name="camera">Its camera.</param>
    /// <param name="place">Where it stands, when it is one of several.</param>
    /// <param name="settings">Its settings beyond those that all have.</param>
    /// <param name="term">How long a recording is kept, when it is alone; 14 days when left out.</param>
    public static async Task<SiloProcess> Start(CameraProcess? camera = null, SiloPlace? place = null, IReadOnlyDictionary<string, string>? settings = null, TimeSpan? term = null)
    {
        var silo = new SiloProcess(camera, place, settings);
        if (place?.Joins is { } first)
        {
            // As docs/postgresql.md tells: the key that people are sealed by. The mark lets a demo take the folder.
            Directory.CreateDirectory(Path.Combine(silo.Data, "keys"));
            File.Copy(Path.Combine(first.Data, "keys", "people"), Path.Combine(silo.Data, "keys", "people"));
            File.Copy(Path.Combine(first.Data, "DEMO"), Path.Combine(silo.Data, "DEMO"));
        }

        if (place?.Before is { } before)
        {
            Directory.CreateDirectory(silo.Data);
            await File.WriteAllTextAsync(Path.Combine(silo.Data, "DEMO"), "");
            before(silo.Data);
        }

        await silo.ComeBack();
        if (place?.Joins is null)
        {
            await TestRegulation.Activate(silo.Client, As, (term ?? place?.Term) is { } kept ? TestRegulation.Content with { Terms = TestRegulation.Terms with { Retention = kept } } : null);
        }

        return silo;
    }

    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        await Disconnect();
    }

    /// <summary>A planned end, as a service manager would ask for it.</summary>
    public async Task<int> Stop()
    {
        Signal("TERM");
        await process!.WaitForExitAsync();
        await Disconnect();
        return process.ExitCode;
    }

    /// <summary>It does nothing any more, as on a machine that hangs; its ffmpeg and its connections stay.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task End(TimeSpan wait)
    {
        await process!.WaitForExitAsync().WaitAsync(wait);
        await Disconnect();
    }

    public async Task ComeBack()
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "RecordingCluster.Silo.dll")];
        command = place?.Network is { } network ? ["ip", "netns", "exec", network, .. command] : command; // ip becomes what it starts
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["TMPDIR"] = Temporary,
            ["Storage__Folder"] = Data,
            ["Network__PortalPort"] = $"{ports.Portal}",
            ["Network__SiloPort"] = $"{ports.Silo}",
            ["Network__GatewayPort"] = $"{ports.Gateway}",
            ["Network__VaultPort"] = $"{ports.Vault}",
            ["Cameras__camera-1__Address"] = camera?.Address ?? "rtsp://127.0.0.1:9/none",
            ["Demo__SignIn"] = "true",
            ["Rules__ErasurePeriod"] = "00:01:00",
        })
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        if (camera is not null)
        {
            start.Environment["Cameras__camera-1__CredentialsFile"] = camera.CredentialsFile;
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Until(IsReady, StartWait, () => $"The silo did not become ready:\n{Log}");
        await Connect();
    }

    /// <summary>Books a talk for now, with all notices, and starts it.</summary>
    public async Task<(BookingId Booking, StartOutcome Outcome)> StartTalk()
    {
        var booking = await BookTalk();
        return (booking, await StartAgain(booking));
    }

    /// <summary>Books a talk for now, with letter and sticker.</summary>
    public async Task<BookingId> BookTalk()
    {
        var booking = new BookingId(Guid.NewGuid().ToString());
        var now = TimeProvider.System.GetUtcNow();
        using (As(new Caller("official-1", Roles.Official | Roles.Reception)))
        {
            var grain = Client.Booking(booking);
            var assessment = new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]);
            Assert.IsType<BookOutcome.Given>(await grain.Book(new BookingRequest(new TimeRange(now, now.AddHours(1)), assessment)));
            await grain.RecordLetter(new LetterNotice(DateOnly.FromDateTime(now.UtcDateTime), "model-1", Language.Dutch));
            await Client.Room(Room).CheckSticker();
            return booking;
        }
    }

    /// <summary>Tries the start of a talk once more.</summary>
    public async Task<StartOutcome> StartAgain(BookingId booking)
    {
        using var _ = As(new Caller("official-1", Roles.Official));
        return await Client.Booking(booking).StartTalk(Language.Dutch);
    }

    public async Task StopTalk(BookingId booking)
    {
        using var _ = As(new Caller("official-1", Roles.Official));
        await Client.Booking(booking).StopTalk();
    }

    public async Task LengthenTalk(BookingId booking, TimeSpan by)
    {
        using var _ = As(new Caller("official-1", Roles.Official));
        var grain = Client.Booking(booking);
        Assert.IsType<LengthenOutcome.Lengthened>(await grain.Lengthen((await grain.Read()).Time!.Value.Until + by));
    }

    public async Task PutObjection(BookingId booking)
    {
        using var _ = As(new Caller("official-1", Roles.Official));
        Assert.IsType<ObjectOutcome.Open>(await Client.Booking(booking).RecordObjection(ObjectionKind.Informal));
    }

    /// <summary>Somebody who had no hand in the talk assesses it anew.</summary>
    public async Task<ObjectionOutcome> DecideObjection(BookingId booking, int number, bool isUpheld)
    {
        using var _ = As(new Caller("official-2", Roles.Official));
        var grain = Client.Booking(booking);
        return isUpheld ? await grain.UpholdObjection(number) : await grain.RejectObjection(number, RejectionReason.RiskStands);
    }

    public async Task<RecordingView> Read(RecordingId recording)
    {
        using var _ = As(new Caller("administrator-1", Roles.CameraAdministrator));
        return await Client.Recording(recording).Read();
    }

    public async Task<RoomView> ReadRoom()
    {
        using var _ = As(new Caller("operator-1", Roles.Operator));
        return await Client.Room(Room).Read();
    }

    /// <summary>Makes the calls until disposed in the name of somebody, as a sister silo's portal would.</summary>
    public static IDisposable As(Caller caller) => CallAs.Use(caller);

    /// <summary>Looks every 50 ms until something is seen, and answers how long that took.</summary>
    public static async Task<TimeSpan> Until(Func<Task<bool>> seen, TimeSpan wait, Func<string> otherwise)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await seen())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < wait, otherwise());
            await tick.WaitForNextTickAsync();
        }

        return TimeProvider.System.GetElapsedTime(begun);
    }

    /// <summary>The ffmpeg processes that record from this test's camera.</summary>
    public List<int> Recorders() => RecordersOf(camera!);

    public static List<int> RecordersOf(CameraProcess camera) => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _))
        .Select(int.Parse!)
        .Where(id => CommandLine(id) is { } line && line.StartsWith("ffmpeg", StringComparison.Ordinal) && line.Contains(" -c copy ", StringComparison.Ordinal))
        .Where(id => IsConnectedTo(id, camera.Port))
        .ToList();

    public static string? CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process!.HasExited)
        {
            await Kill();
        }

        process.Dispose();
        folder.Dispose();
    }

    // /proc/net/tcp lists the remote end in hexadecimal, and /proc/ID/fd the sockets of a process by inode.
    private static bool IsConnectedTo(int id, int port)
    {
        try
        {
            var inodes = File.ReadLines($"/proc/{id}/net/tcp").Skip(1) // of its own network
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[2].EndsWith($":{port:X4}", StringComparison.Ordinal))
                .Select(fields => $"socket:[{fields[9]}]")
                .ToHashSet();
            return Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Any(link => new FileInfo(link).LinkTarget is { } target && inodes.Contains(target));
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Somebody of the demo at its portal.</summary>
    public Task<PortalClient> SignIn(string subject) => PortalClient.SignIn(Portal, Certificates, subject, Address);

    /// <summary>Waits until its log says something.</summary>
    public Task<TimeSpan> Says(string text, TimeSpan? wait = null) => Until(() => Task.FromResult(Log.Contains(text, StringComparison.Ordinal)), wait ?? TimeSpan.FromSeconds(15), () => $"It never said {text}:\n{Log}");

    /// <summary>A browser of its own that trusts the cluster's CA and follows no redirect.</summary>
    public HttpClient Browse() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = PortalTrust.In(Certificates),

        // All portals have one name; which silo's is asked is told by the address.
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(place?.Address ?? IPAddress.Loopback, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = Portal };

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process!.Id}"]);
        kill.WaitForExit();
    }

    private async Task<bool> IsReady()
    {
        if (process!.HasExited)
        {
            Assert.Fail($"The silo ended with {process.ExitCode}:\n{Log}");
        }

        if (!File.Exists(Path.Combine(Certificates, "ca.crt")))
        {
            return false; // its first start makes them
        }

        try
        {
            using var http = Browse();
            return (await http.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task Connect()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddRecordingCluster(options =>
        {
            options.Gateways.Add(new IPEndPoint(place?.Address ?? IPAddress.Loopback, ports.Gateway));
            options.Certificates = CertificateFiles.In(Certificates, place?.Name ?? "silo");
        });
        builder.Services.AddSingleton<IOutgoingGrainCallFilter, CallAs>();
        client = builder.Build();
        await client.StartAsync();
    }

    private async Task Disconnect()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await client!.StopAsync(soon.Token);
        client.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (log)
            {
                log.Add(line);
            }
        }
    }
}
