using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Benchmarks;

/// <summary>A silo's recorder in this process: real ffmpeg, vault and ring, and nobody who hears how it goes.</summary>
internal sealed class BenchRecorder : IDisposable
{
    // As much as the test camera may send, with some room; a tenth of an hour of it is reserved for each recording.
    private const int Kilobits = 2500;
    private static readonly TimeSpan LongestTalk = TimeSpan.FromMinutes(6);

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly KeyRing ring;
    private readonly Recorder recorder;

    /// <param name="folder">Where it keeps its vault and its keys.</param>
    /// <param name="addresses">Of each camera.</param>
    public BenchRecorder(string folder, IReadOnlyDictionary<CameraId, string> addresses)
    {
        var vault = BenchSilo.VaultIn(folder);
        ring = KeyRing.Open(vault, clock);
        var cameras = addresses.ToDictionary(camera => camera.Key, camera => new CameraOptions { Address = camera.Value, MostKilobitsPerSecond = Kilobits });
        var (options, reach) = (new CaptureOptions(), new CameraReach(cameras, [CameraOptions.DefaultNetwork], clock));
        recorder = new Recorder(
            cameras,
            options,
            new FileVault(vault, ring, clock, NullLogger<FileVault>.Instance),
            new Deaf(),
            new Measurements(options, reach, clock, NullLogger<Measurements>.Instance),
            new CaptureMetrics(services.GetRequiredService<IMeterFactory>()),
            clock,
            NullLogger<Recorder>.Instance);
    }

    /// <summary>Begins to record: its first fragment is stored when this returns.</summary>
    /// <exception cref="InvalidOperationException">The camera does not record.</exception>
    public async Task<RecordingId> Start(CameraId camera)
    {
        var now = clock.GetUtcNow();
        var order = new CaptureOrder(RecordingId.New(), BenchSilo.Site, new RoomId("room-1"), now, now.AddDays(14), now + LongestTalk, "model-1");
        return await recorder.Start(new CaptureLease(camera, 1, order)) is { } fault ? throw new InvalidOperationException($"The camera does not record: {fault}.") : order.Recording;
    }

    public Task Stop(CameraId camera, RecordingId recording) => recorder.Stop(camera, recording);

    public Task End() => recorder.End();

    public void Dispose()
    {
        recorder.Dispose();
        ring.Dispose();
        services.Dispose();
    }

    private sealed class Deaf : ICaptureListener
    {
        public Task<bool> Tell(CaptureLease lease, CaptureHealth health, ImmutableArray<Part> parts) => Task.FromResult(true);

        public Task<bool> VaultRefuses(CameraId camera) => Task.FromResult(false);

        public Task Leave(CaptureLease lease, ImmutableArray<Part> parts) => Task.CompletedTask;

        public Task MoveOn(CaptureLease lease, ImmutableArray<Part> parts) => Task.CompletedTask;
    }
}
