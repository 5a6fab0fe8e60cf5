using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A recorder without a camera: each lease gets one part with one fragment in the real vault.</summary>
internal sealed class TestCamera(FileVault vault, TimeProvider clock) : ICapture
{
    private readonly ConcurrentDictionary<CameraId, (CaptureLease Lease, PartWriter Part)> running = new();

    private readonly ConcurrentDictionary<RecordingId, DateTimeOffset> ends = new();

    /// <summary>What the next start meets; null for a camera that records.</summary>
    public CameraFault? Fault { get; set; }

    /// <summary>Whether stopping fails, as it does when the recorder's machine is gone.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Every lease that capture began under.</summary>
    public ConcurrentQueue<CaptureLease> Leases { get; } = new();

    public bool IsRecording(CameraId camera) => running.ContainsKey(camera);

    public async Task<CameraFault?> Start(CaptureLease lease)
    {
        if (Fault is not null)
        {
            return Fault;
        }

        await Resume(lease);
        return null;
    }

    public async Task Resume(CaptureLease lease)
    {
        if (running.TryGetValue(lease.Camera, out var present) && present.Lease.Epoch == lease.Epoch)
        {
            return;
        }

        Leases.Enqueue(lease);
        var order = lease.Order;
        var part = await vault.Create(new PartOpening(
            new PartId(order.Recording, lease.Epoch, 1), order.Site, order.Room, lease.Camera, order.StartedAt, order.ExpiresAt, clock.GetUtcNow(), order.RegulationVersion,
            order.Sound ? MediaTracks.Picture | MediaTracks.Sound : MediaTracks.Picture));
        await part.WriteInit("beginning"u8.ToArray());
        await part.Append(new FragmentFacts(clock.GetUtcNow(), 0, TimeSpan.FromMinutes(1), 900, order.Sound ? TimeSpan.FromMinutes(1) : TimeSpan.Zero), "fragment"u8.ToArray());
        ends[order.Recording] = order.StopAt;
        running[lease.Camera] = (lease, part);
    }

    /// <summary>What a measurement finds.</summary>
    public CameraMeasurement Measurement { get; set; } = new(
        DateTimeOffset.UnixEpoch, [], new PictureNumbers("avc1", 1280, 720, 15, 800, TimeSpan.FromSeconds(1), IsGopWhole: true), new SoundNumbers("alaw", 8000, -30, -6));

    /// <summary>Whether sound was asked for at each measurement.</summary>
    public ConcurrentQueue<bool> Measured { get; } = new();

    /// <summary>Lets a measurement end; null for one that ends at once.</summary>
    public TaskCompletionSource? MeasuringEnds { get; set; }

    public async Task<CameraMeasurement> Measure(CameraId camera, bool sound)
    {
        Measured.Enqueue(sound);
        await (MeasuringEnds?.Task ?? Task.CompletedTask);
        return Measurement;
    }

    public bool IsEnding => false;

    public bool Runs(CameraId camera, RecordingId recording) => running.TryGetValue(camera, out var present) && present.Lease.Order.Recording == recording;

    /// <summary>When a recording was last told to stop by itself.</summary>
    public DateTimeOffset StopAt(RecordingId recording) => ends[recording];

    public Task<bool> Extend(CameraId camera, RecordingId recording, DateTimeOffset stopAt)
    {
        ends[recording] = stopAt;
        return Task.FromResult(running.TryGetValue(camera, out var present) && present.Lease.Order.Recording == recording);
    }

    /// <summary>What recorded died, as by a crash of its silo.</summary>
    public async Task Crash(CameraId camera)
    {
        if (running.TryRemove(camera, out var dead))
        {
            await dead.Part.DisposeAsync();
        }
    }

    /// <summary>Lets a stop end; null for one that ends at once.</summary>
    public TaskCompletionSource? StopEnds { get; set; }

    /// <summary>Done when a stop was asked for.</summary>
    public TaskCompletionSource StopAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Stop(CameraId camera, RecordingId recording)
    {
        StopAsked.TrySetResult();
        await (StopEnds?.Task ?? Task.CompletedTask);
        if (IsStuck)
        {
            throw new IOException("stuck");
        }

        if (running.TryGetValue(camera, out var present) && present.Lease.Order.Recording == recording && running.TryRemove(camera, out _))
        {
            await present.Part.Close();
        }
    }
}
