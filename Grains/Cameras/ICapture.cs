using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Cameras;

/// <summary>The recorder, as a camera's grain sees it: picture and sound go from the camera into the vault, and never through a grain.</summary>
/// <remarks>
/// While a lease runs, the recorder goes on trying by itself, whatever becomes of grain and database, and ends by itself
/// at the order's StopAt (R4, R7). It tells how it goes through <see cref="ICameraGrain.Tell"/>.
/// </remarks>
public interface ICapture
{
    /// <summary>Opens the camera and answers once its first fragment is on disk. Safe to repeat for the same lease.</summary>
    /// <returns>Null when it records; otherwise what is wrong, and then nothing runs and nothing is kept of it.</returns>
    Task<CameraFault?> Start(CaptureLease lease);

    /// <summary>Takes up a recording that was under way. Answers at once; the first part may take as long as the camera does.</summary>
    Task Resume(CaptureLease lease);

    /// <summary>Moves the end of a capture that runs. Safe to repeat.</summary>
    /// <returns>False when none runs for this recording, or not any more.</returns>
    Task<bool> Extend(CameraId camera, RecordingId recording, DateTimeOffset stopAt);

    /// <summary>Opens the camera for some seconds, keeps nothing, and tells what it gives. A capture that begins meanwhile ends it at once.</summary>
    /// <param name="camera">The camera.</param>
    /// <param name="sound">Whether sound may leave the camera.</param>
    /// <returns>With the fault Busy when the camera records here, or began to.</returns>
    Task<CameraMeasurement> Measure(CameraId camera, bool sound);

    /// <summary>Whether this silo is ending, and takes no recording up any more.</summary>
    bool IsEnding { get; }

    /// <summary>Whether capture of a recording runs here now, or goes on trying.</summary>
    bool Runs(CameraId camera, RecordingId recording);

    /// <summary>Ends capture of a recording and answers when its part is closed. Safe to repeat; unknown is done.</summary>
    Task Stop(CameraId camera, RecordingId recording);
}

/// <summary>The right to record with a camera. A later epoch fences an earlier one out; it is part of each part's name.</summary>
public sealed record CaptureLease(CameraId Camera, int Epoch, CaptureOrder Order);
