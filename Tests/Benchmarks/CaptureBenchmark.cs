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
    private const double TicksPerSecond = 100; // USER_HZ, which /proc counts in

    // The runtime compiles a method for good by its 60th call, 30 to find that it is used and 30 to see how, and fragments come once
    // a second. A silo has that behind it after its first minute of recording, and records for years.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Measurement>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recording-bench-").FullName;
        using var camera = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Script(), "--port", $"{Port}", "--path", "/camera", "--size", "1280x720", "--kbps", "2000"]) { RedirectStandardOutput = true })!;
        try
        {
            await camera.StandardOutput.ReadLineAsync();

            // Both at the same time, so that both meet the same machine.
            var yardstick = Plain(Path.Combine(folder, "plain.mov"));
            var ours = Ours(folder);
            await Task.WhenAll(ours, yardstick);
            return [new Measurement("capture", "CPU s per camera-minute", await ours, await yardstick, 1.15, true)];
        }
        finally
        {
            camera.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> Plain(string file)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", [
            "-hide_banner", "-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp", "-i", $"rtsp://127.0.0.1:{Port}/camera",
            "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-f", "mov", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "-flush_packets", "1", file]))!;
        await Task.Delay(WarmUp, TimeProvider.System);
        var before = CpuOf(ffmpeg.Id);
        await Task.Delay(Measured, TimeProvider.System);
        var used = CpuOf(ffmpeg.Id) - before;
        ffmpeg.Kill();
        return used / Measured.TotalMinutes;
    }

    private static async Task<double> Ours(string folder)
    {
        var clock = TimeProvider.System;
        var options = new VaultOptions(Path.Combine(folder, "vault"), Path.Combine(folder, "keys"));
        using var ring = KeyRing.Open(options, clock);
        var vault = new FileVault(options, ring, clock, NullLogger<FileVault>.Instance);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var id = new CameraId("camera-1");
        var cameras = new Dictionary<CameraId, CameraOptions> { [id] = new() { Address = $"rtsp://127.0.0.1:{Port}/camera" } };
        using var recorder = new Recorder(
            cameras, new CaptureOptions(), vault, new Deaf(), new Measurements(new CaptureOptions(), new CameraReach(cameras, [CameraOptions.DefaultNetwork], clock), clock), new CaptureMetrics(services.GetRequiredService<IMeterFactory>()), clock, NullLogger<Recorder>.Instance);
        var now = clock.GetUtcNow();
        var order = new CaptureOrder(RecordingId.New(), new SiteId("town-hall"), new RoomId("room-1"), now, now.AddDays(14), now.AddHours(1), "model-1");
        if (await recorder.Start(new CaptureLease(id, 1, order)) is { } fault)
        {
            throw new InvalidOperationException($"The camera does not record: {fault}.");
        }

        await Task.Delay(WarmUp, clock);
        var child = Recording();
        var (self, before) = (CpuOf(Environment.ProcessId), CpuOf(child));
        await Task.Delay(Measured, clock);
        var used = CpuOf(Environment.ProcessId) - self + CpuOf(child) - before;
        await recorder.Stop(id, order.Recording);
        return used / Measured.TotalMinutes;
    }

    // Both are children of this process, and other recordings may run on the machine.
    private static int Recording() => Process.GetProcessesByName("ffmpeg")
        .Single(process => StatOf(process.Id)[1] == $"{Environment.ProcessId}" && File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("\0concat\0", StringComparison.Ordinal)).Id;

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

        public Task Leave(CaptureLease lease, ImmutableArray<Part> parts) => Task.CompletedTask;
    }
}
