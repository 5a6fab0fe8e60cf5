using System.Collections.Concurrent;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Capture;

/// <summary>All captures of this silo: at most one a camera.</summary>
internal sealed partial class Recorder(
    IReadOnlyDictionary<CameraId, CameraOptions> cameras, CaptureOptions options, FileVault vault, ICaptureListener listener, Measurements measurements, CaptureMetrics metrics, TimeProvider clock, ILogger<Recorder> log) : ICapture, IDisposable
{
    // The others wait for this silo's end, and a talk for its camera.
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<CameraId, CaptureSession> sessions = new();
    private readonly SemaphoreSlim changing = new(1);

    /// <summary>Lets metrics know which cameras there are, before the first of them records.</summary>
    public void Introduce()
    {
        foreach (var camera in cameras.Keys)
        {
            metrics.Know(camera);
        }
    }

    public async Task<CameraFault?> Start(CaptureLease lease)
    {
        var session = await Replace(lease, goesOn: false);
        var fault = await session.Started;
        if (fault is not null)
        {
            await Remove(session);

            // A recording that goes on with another camera has parts already, and keeps them.
            if (!session.HasParts && lease.Order.AfterEpoch == 0)
            {
                await vault.Discard(lease.Order.Recording);
            }

            await (fault.Value.IsOfVault() ? listener.VaultRefuses(lease.Camera) : Task.CompletedTask);
        }

        return fault;
    }

    public async Task Resume(CaptureLease lease) => await Replace(lease, goesOn: true);

    public Task<bool> Extend(CameraId camera, RecordingId recording, DateTimeOffset stopAt) =>
        Task.FromResult(sessions.TryGetValue(camera, out var session) && session.Lease.Order.Recording == recording && session.Extend(stopAt));

    public async Task<CameraMeasurement> Measure(CameraId camera, bool sound) => await await BeginMeasuring(camera, sound);

    public bool IsEnding { get; private set; }

    public bool Runs(CameraId camera, RecordingId recording) =>
        sessions.TryGetValue(camera, out var session) && session.Lease.Order.Recording == recording && session.Runs;

    public async Task Stop(CameraId camera, RecordingId recording)
    {
        if (sessions.TryGetValue(camera, out var session) && session.Lease.Order.Recording == recording)
        {
            await Remove(session);
        }
    }

    /// <summary>Closes all parts, for a planned end of the silo, and takes up no more. Another silo takes the recordings up, or the next start of this one.</summary>
    public async Task End()
    {
        IsEnding = true;
        await changing.WaitAsync();
        changing.Release();
        await Task.WhenAll(sessions.Values.Select(Leave).Append(measurements.EndAll()));
    }

    public void Dispose() => changing.Dispose();

    private async Task<CaptureSession> Replace(CaptureLease lease, bool goesOn)
    {
        var camera = Settings(lease.Camera);
        await changing.WaitAsync();
        try
        {
            if (IsEnding)
            {
                throw new RecordingClusterException(ErrorKind.Unavailable, $"The silo that is to record with {lease.Camera} is ending. It is tried again, on another.");
            }

            if (sessions.TryGetValue(lease.Camera, out var present))
            {
                if (present.Lease.Epoch >= lease.Epoch)
                {
                    return present;
                }

                await Remove(present);
            }

            // Some cameras let one in at a time, and who sets it up can try again.
            await measurements.End(lease.Camera);
            var session = new CaptureSession(lease, (session, number, isFirst) => new CaptureRun(session, number, isFirst, camera, options, vault, clock), listener, metrics, clock, log);
            sessions[lease.Camera] = session;
            session.Begin(goesOn);
            return session;
        }
        finally
        {
            changing.Release();
        }
    }

    // Where a capture is, or comes, none begins: the two exclude each other.
    private async Task<Task<CameraMeasurement>> BeginMeasuring(CameraId camera, bool sound)
    {
        var settings = Settings(camera);
        await changing.WaitAsync();
        try
        {
            return IsEnding || sessions.ContainsKey(camera)
                ? Task.FromResult(new CameraMeasurement(clock.GetUtcNow(), [CameraFault.Busy]))
                : measurements.Begin(camera, settings, sound);
        }
        finally
        {
            changing.Release();
        }
    }

    private CameraOptions Settings(CameraId camera) => cameras.GetValueOrDefault(camera)
        ?? throw new RecordingClusterException(ErrorKind.NotFound, $"There is no camera {camera} in the configuration. Set Cameras:{camera}:Address.");

    private async Task Leave(CaptureSession session)
    {
        var runs = session.Runs;
        var parts = await session.Leave();
        try
        {
            await (runs ? listener.Leave(session.Lease, parts).WaitAsync(LongestFarewell, clock) : Task.CompletedTask);
        }
        catch (Exception fault)
        {
            // Nobody heard that this part is closed: whoever takes over fences it out, and finds all of it to have come in time.
            LogNotHeard(session.Lease.Camera, fault);
        }

        await Remove(session);
    }

    private async Task Remove(CaptureSession session)
    {
        await session.DisposeAsync();
        sessions.TryRemove(KeyValuePair.Create(session.Lease.Camera, session));
    }

    [LoggerMessage(3007, LogLevel.Warning, "{Camera} was given up at the end of this silo, and nobody heard of it")]
    private partial void LogNotHeard(CameraId camera, Exception fault);
}
