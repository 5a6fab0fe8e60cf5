using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Benchmarks;

/// <summary>CPU of recording one camera, sealing and flushing included, beside ffmpeg copying the same camera to a plain file on the same disk.</summary>
internal static class CaptureBenchmark
{
    private const int Port = 8999;
    private const int BusyPort = 8998;

    // As many as the town hall has; what a process costs by itself is shared by them.
    private static readonly CameraId[] Cameras = [new("camera-1"), new("camera-2")];

    private const double TicksPerSecond = 100; // USER_HZ, which /proc counts in

    // The runtime compiles a method for good after its 60th call, and what it compiles meanwhile is most of what a young process does.
    // A silo records for years: a camera with five fragments a second brings it there first.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(180);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        using var camera = await Camera(Port, "2");
        using var busy = await Camera(BusyPort, "0.2");
        List<Process> yardsticks = [];
        try
        {
            // At the same time, so that all meet the same machine.
            yardsticks.AddRange(Cameras.Select(id => Plain(Path.Combine(folder, $"{id}.mov"))));
            var (ours, plain) = await Measure(folder, yardsticks);
            return [new Measurement("capture", "CPU s per camera-minute", ours, plain, 1.15, true)];
        }
        finally
        {
            foreach (var process in yardsticks.Append(camera).Append(busy))
            {
                process.Kill();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    // Whole pictures 2 s apart, as the page on which a camera is set up asks for them.
    private static async Task<Process> Camera(int port, string secondsPerFragment)
    {
        var camera = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Script(), "--port", $"{port}", "--size", "1280x720", "--kbps", "2000", "--gop-seconds", secondsPerFragment])
        {
            RedirectStandardOutput = true,
        })!;
        await camera.StandardOutput.ReadLineAsync();
        return camera;
    }

    private static Process Plain(string file) => Process.Start(new ProcessStartInfo("ffmpeg", [
        "-hide_banner", "-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp", "-i", AddressOf(Port),
        "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", file]))!;

    private static async Task<(double Ours, double Plain)> Measure(string folder, IReadOnlyList<Process> yardsticks)
    {
        var clock = TimeProvider.System;
        var options = new VaultOptions(Path.Combine(folder, "vault"), Path.Combine(folder, "keys"));
        using var ring = KeyRing.Open(options, clock);
        var vault = new FileVault(options, ring, clock, NullLogger<FileVault>.Instance);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var busy = new CameraId("busy");
        var cameras = Cameras.Append(busy).ToDictionary(id => id, id => new CameraOptions { Address = AddressOf(id == busy ? BusyPort : Port) });
        var measurements = new Measurements(new CaptureOptions(), new CameraReach(cameras, [CameraOptions.DefaultNetwork], clock), clock);
        using var recorder = new Recorder(
            cameras, new CaptureOptions(), vault, new Deaf(), measurements, new CaptureMetrics(services.GetRequiredService<IMeterFactory>()), clock, NullLogger<Recorder>.Instance);
        var warming = await Start(recorder, busy, clock.GetUtcNow());
        await Task.Delay(WarmUp, clock);
        await recorder.Stop(busy, warming);
        var recordings = new List<RecordingId>();
        foreach (var id in Cameras)
        {
            recordings.Add(await Start(recorder, id, clock.GetUtcNow()));
        }

        await Task.Delay(Settling, clock);
        int[] ours = [Environment.ProcessId, .. Recording()];
        var plain = yardsticks.Select(process => process.Id).ToArray();
        var (oursBefore, plainBefore) = (ours.Sum(CpuOf), plain.Sum(CpuOf));
        await Task.Delay(Measured, clock);
        var (oursUsed, plainUsed) = (ours.Sum(CpuOf) - oursBefore, plain.Sum(CpuOf) - plainBefore);
        await Task.WhenAll(Cameras.Zip(recordings, recorder.Stop));
        var minutes = Measured.TotalMinutes * Cameras.Length;
        return (oursUsed / minutes, plainUsed / minutes);
    }

    private static async Task<RecordingId> Start(Recorder recorder, CameraId camera, DateTimeOffset now)
    {
        var order = new CaptureOrder(RecordingId.New(), new SiteId("town-hall"), new RoomId("room-1"), now, now.AddDays(14), now.AddHours(1), "model-1");
        return await recorder.Start(new CaptureLease(camera, 1, order)) is { } fault ? throw new InvalidOperationException($"The camera does not record: {fault}.") : order.Recording;
    }

    private static string AddressOf(int port) => $"rtsp://127.0.0.1:{port}/camera";

    // Both are children of this process, and other recordings may run on the machine.
    private static IEnumerable<int> Recording() => Process.GetProcessesByName("ffmpeg")
        .Where(process => StatOf(process.Id)[1] == $"{Environment.ProcessId}" && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("\0pipe:1\0", StringComparison.Ordinal))
        .Select(process => process.Id);

    private static double CpuOf(int id)
    {
        var fields = StatOf(id);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    // From the third of /proc/ID/stat on (proc(5)): state, parent, and as 14th and 15th the CPU. Before them is the name, in brackets.
    private static string[] StatOf(int id) => File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');

    private static string Script([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "..", "Cameras", "test_camera.py");

    private sealed class Deaf : ICaptureListener
    {
        public Task<bool> Tell(CaptureLease lease, CaptureHealth health, ImmutableArray<Part> parts) => Task.FromResult(true);

        public Task<bool> IsFull(CameraId camera) => Task.FromResult(false);

        public Task Leave(CaptureLease lease, ImmutableArray<Part> parts) => Task.CompletedTask;

        public Task MoveOn(CaptureLease lease, ImmutableArray<Part> parts) => Task.CompletedTask;
    }
}
