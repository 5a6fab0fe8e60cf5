using System.Diagnostics;
using System.Net;
using RecordingCluster.Tool.Walking;

namespace RecordingCluster.Benchmarks;

/// <summary>A silo in a process of its own, as in service but for the demo's sign-in: real vault, database and TLS, all in one folder.</summary>
internal sealed class SiloRun : IDisposable
{
    private static readonly TimeSpan Looks = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly long begun = TimeProvider.System.GetTimestamp();

    private SiloRun(Process process, string folder, int port)
    {
        this.process = process;
        Certificates = Path.Combine(folder, "certificates");
        Address = new Uri($"https://localhost:{port}/");
    }

    public int Id => process.Id;

    /// <summary>Its portal.</summary>
    public Uri Address { get; }

    public string Certificates { get; }

    /// <param name="folder">All that it keeps.</param>
    /// <param name="camera">The address of its one camera.</param>
    public static SiloRun Begin(string folder, string camera)
    {
        var port = BenchPorts.Free();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RecordingCluster.Silo.dll")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new (string, string)[]
        {
            ("Storage__Folder", folder), ("Network__PortalPort", $"{port}"), ("Network__SiloPort", $"{BenchPorts.Free()}"), ("Network__GatewayPort", $"{BenchPorts.Free()}"),
            ("Cameras__camera-1__Address", camera), ("Demo__SignIn", "true"), ("Logging__LogLevel__Default", "Error"),
        })
        {
            start.Environment[name] = value;
        }

        var run = new SiloRun(Process.Start(start)!, folder, port);
        run.process.OutputDataReceived += (_, _) => { };
        run.process.BeginOutputReadLine();
        return run;
    }

    /// <summary>Waits until it says that it is ready, and answers how long that took from the start of the process.</summary>
    public async Task<TimeSpan> Ready(TimeSpan patience)
    {
        while (!File.Exists(Path.Combine(Certificates, "ca.crt")))
        {
            await Again(patience); // its first start makes them
        }

        using var ready = new HttpClient(PortalTrust.Handler(Certificates, IPAddress.Loopback));
        while (!await IsReady(ready))
        {
            await Again(patience);
        }

        return TimeProvider.System.GetElapsedTime(begun);
    }

    /// <summary>A planned end, as a service manager would ask for it.</summary>
    public async Task End()
    {
        using var kill = Process.Start("kill", ["-s", "TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<bool> IsReady(HttpClient ready)
    {
        try
        {
            return (await ready.GetAsync(new Uri(Address, "health/ready"))).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }

    private async Task Again(TimeSpan patience)
    {
        if (process.HasExited || TimeProvider.System.GetElapsedTime(begun) > patience)
        {
            throw new InvalidOperationException("The silo does not become ready.");
        }

        await Task.Delay(Looks, TimeProvider.System);
    }
}
