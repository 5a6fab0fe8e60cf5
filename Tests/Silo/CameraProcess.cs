using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Tests.Silo;

/// <summary>A real RTSP camera on this machine, with digest login. It can be frozen, killed and brought back at the same address.</summary>
internal sealed class CameraProcess : IAsyncDisposable
{
    public const int FramesPerSecond = 15;

    public const string Login = "recorder:s3cr't/pass@1";

    private static readonly TimeSpan StartWait = TimeSpan.FromSeconds(60);

    // What cameras send is encoded once a run: each time anew it is seconds of both cores, which all tests share.
    private static readonly Lazy<TemporaryFolder> Encoded = new(MakeEncoded);

    private readonly TemporaryFolder folder = new();
    private readonly IPAddress at;
    private readonly string[] options;
    private Process? process;

    private CameraProcess(IPAddress at, string[] options)
    {
        (this.at, this.options) = (at, options);
        File.WriteAllText(CredentialsFile, $"{Login}\n");
        File.SetUnixFileMode(CredentialsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public int Port { get; } = Ports.Free();

    public string Address => $"rtsp://{at}:{Port}/camera";

    public string CredentialsFile => folder["login"];

    public static Task<CameraProcess> Start(params string[] options) => StartAt(IPAddress.Loopback, options);

    /// <summary>One that is found at this machine's address in another network.</summary>
    public static async Task<CameraProcess> StartAt(IPAddress at, params string[] options)
    {
        var camera = new CameraProcess(at, options);
        await camera.ComeBack();
        return camera;
    }

    /// <summary>The server lives on and gives no media.</summary>
    public void Freeze() => Signal("USR1");

    /// <summary>Its microphone dies: the picture goes on.</summary>
    public void Mute() => Signal("HUP");

    /// <summary>Nothing comes from it any more, and nobody says so, as when it is torn from the wall or its cable is cut.</summary>
    public void FallSilent() => Signal("STOP");

    public void Thaw()
    {
        Signal("CONT");
        Signal("USR2");
    }

    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async Task ComeBack()
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Script(), "--address", $"{at}", "--port", $"{Port}", "--path", "/camera", "--credentials", CredentialsFile, "--keep", Encoded.Value.Path, "--fps", $"{FramesPerSecond}", .. options])
        {
            RedirectStandardOutput = true,
        };
        process = await ChildThread.Instance.Start(() => Process.Start(start)!); // it ends with the thread that starts it, which must last
        using var patience = new CancellationTokenSource(StartWait);
        Assert.StartsWith("ready", await process.StandardOutput.ReadLineAsync(patience.Token), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await Kill();
        }

        folder.Dispose();
    }

    private static TemporaryFolder MakeEncoded()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{process!.Id}"]);
        kill.WaitForExit();
    }

    private static string Script([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "Cameras", "test_camera.py");
}
