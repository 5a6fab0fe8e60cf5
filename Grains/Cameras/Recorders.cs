using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Grains.Cameras;

/// <summary>The recorders of all silos: this silo's own, and each other by its grain.</summary>
internal sealed partial class Recorders(ICapture own, ISiloVault vault, IGrainFactory grains, ISiloPlaces places, TimeProvider clock, ILogger<Recorders> log)
{
    // A part is closed within 3 s and a flush.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The name under which this silo's recorder is known to the others; null where there are none.</summary>
    public string? OwnName => vault.Name;

    /// <summary>Whether a silo records; one that does not run does not. Fails while one that runs cannot be asked.</summary>
    public async Task<bool> Runs(string? silo, CameraId camera, RecordingId recording) =>
        IsOwn(silo) ? own.Runs(camera, recording) : IsThere(silo!) && await grains.Recorder(silo!).Runs(camera, recording);

    public async Task<bool> Extend(string? silo, CameraId camera, RecordingId recording, DateTimeOffset stopAt) =>
        IsOwn(silo) ? await own.Extend(camera, recording, stopAt) : IsThere(silo!) && await grains.Recorder(silo!).Extend(camera, recording, stopAt);

    /// <returns>Whether it is certain that nothing more is written there. If not, it must be fenced out.</returns>
    public async Task<bool> Stop(string? silo, CameraId camera, RecordingId recording)
    {
        if (IsOwn(silo))
        {
            await own.Stop(camera, recording);
            return true;
        }

        try
        {
            if (!IsThere(silo!))
            {
                return false;
            }

            await grains.Recorder(silo!).Stop(camera, recording);
            return true;
        }
        catch (Exception fault)
        {
            // It may be going on. The stored lease tells it off within a second of its hearing of it.
            LogNotStopped(silo!, camera, fault);
            return false;
        }
    }

    /// <summary>Stops a recording wherever it runs, while nobody can be asked who has the lease.</summary>
    /// <exception cref="RecordingClusterException">Unavailable: a silo that may be recording could not be told.</exception>
    public async Task StopAnywhere(CameraId camera, RecordingId recording)
    {
        var told = await Task.WhenAll(places.Silos.Append<string?>(null).Select(silo => StopSoon(silo, camera, recording)));
        if (told.Contains(false))
        {
            throw new RecordingClusterException(
                ErrorKind.Unavailable, $"A server that may be recording with {camera} could not be told to stop. It is tried again with the next stop; to be certain, switch the camera off.");
        }
    }

    // One that died while the database is away is not known to be gone, and does not answer either.
    private async Task<bool> StopSoon(string? silo, CameraId camera, RecordingId recording)
    {
        try
        {
            return await Stop(silo, camera, recording).WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // None named is one vault alone, or nobody.
    private bool IsOwn(string? silo) => silo is null || silo == vault.Name;

    private bool IsThere(string silo) => places.Silos.Contains(silo);

    [LoggerMessage(1204, LogLevel.Warning, "{Silo} could not be told to stop {Camera}; what it still records does not count")]
    private partial void LogNotStopped(string silo, CameraId camera, Exception fault);
}
