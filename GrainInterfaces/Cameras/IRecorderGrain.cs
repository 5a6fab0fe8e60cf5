using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>The recorder of one silo, for the grains of cameras that live elsewhere now. No media bytes pass here.</summary>
/// <remarks>
/// Key: the silo's name. It lives on that silo alone. A camera's grain may come to live on another silo while its capture
/// goes on; what it decides must still reach the one that records.
/// </remarks>
[Alias("recorder")]
public interface IRecorderGrain : IGrainWithStringKey
{
    /// <summary>Whether capture of a recording runs there now, or goes on trying.</summary>
    [Alias("runs"), AllowedTo(Roles.Silo)]
    Task<bool> Runs(CameraId camera, RecordingId recording);

    /// <summary>Moves the end of a capture that runs there. Safe to repeat.</summary>
    /// <returns>False when none runs for this recording, or not any more.</returns>
    [Alias("extend"), AllowedTo(Roles.Silo)]
    Task<bool> Extend(CameraId camera, RecordingId recording, DateTimeOffset stopAt);

    /// <summary>Ends capture of a recording there and answers when its part is closed. Safe to repeat; unknown is done.</summary>
    [Alias("stop"), AllowedTo(Roles.Silo)]
    Task Stop(CameraId camera, RecordingId recording);
}
