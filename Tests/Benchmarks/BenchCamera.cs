using System.Diagnostics;
using System.Runtime.CompilerServices;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Benchmarks;

/// <summary>A test camera as cameras of a town hall are set up, in a process of its own. It encodes once, and gives that to as many as read it.</summary>
internal sealed class BenchCamera : IDisposable
{
    private readonly Process process;
    private readonly int port;

    private BenchCamera(Process process, int port) => (this.process, this.port) = (process, port);

    public string Address => $"rtsp://127.0.0.1:{port}/camera";

    public int Id => process.Id;

    /// <param name="secondsPerFragment">From one whole picture to the next: 2 s, as the page on which a camera is set up asks for them.</param>
    public static async Task<BenchCamera> Start(double secondsPerFragment = 2)
    {
        var port = BenchPorts.Free();
        var start = new ProcessStartInfo("/usr/bin/python3", [Script(), "--port", $"{port}", "--path", "/camera", "--size", "1280x720", "--kbps", "2000", "--gop-seconds", FormattableString.Invariant($"{secondsPerFragment}")])
        {
            RedirectStandardOutput = true,
        };
        var camera = await ChildThread.Instance.Start(() => Process.Start(start)!); // it ends with the thread that starts it, which must last
        await camera.StandardOutput.ReadLineAsync();
        return new BenchCamera(camera, port);
    }

    /// <summary>A plain ffmpeg that copies it to a file: the yardstick of recording.</summary>
    public Process Copy(string file) => Process.Start(new ProcessStartInfo("ffmpeg", [
        "-hide_banner", "-nostdin", "-loglevel", "fatal", "-rtsp_transport", "tcp", "-i", Address,
        "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", file]))!;

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Script([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "Cameras", "test_camera.py");
}
