using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>One camera and the lease of the recording that has it.</summary>
/// <remarks>
/// Key: the camera's id. The lease is stored before capture starts, with an epoch that only grows and the silo that has it:
/// parts carry the epoch, so whoever recorded under an older lease is fenced out. Health lives in memory and is told anew every second;
/// what was measured last survives.
/// </remarks>
[Alias("camera")]
public interface ICameraGrain : IGrainWithStringKey
{
    /// <summary>Gives the camera to a recording and waits for its first stored fragment. Safe to repeat.</summary>
    /// <returns>Null when it records; otherwise what is wrong, and the lease is given back.</returns>
    [Alias("begin"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> Begin(CaptureOrder order);

    /// <summary>Takes up a recording after a crash, under a new lease. Returns at once; the recorder goes on trying.</summary>
    [Alias("resume"), AllowedTo(Roles.Silo)]
    Task Resume(CaptureOrder order);

    /// <summary>
    /// Lets a recording go on that an objection had paused, or that comes back from another room. Returns at once; the
    /// recorder goes on trying. Safe to repeat: a lease that the recording has is kept.
    /// </summary>
    /// <returns>Null when the camera is the recording's; Busy when another has it.</returns>
    [Alias("continue"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> Continue(CaptureOrder order);

    /// <summary>Moves the end of a capture that goes on (R4). Nothing when the recording does not have the camera. Safe to repeat.</summary>
    [Alias("extend"), AllowedTo(Roles.Silo)]
    Task Extend(RecordingId recording, DateTimeOffset stopAt);

    /// <summary>Ends capture for a recording and closes its part. Safe to repeat, with the same answer.</summary>
    /// <returns>Null when whoever recorded has stopped; otherwise what still counts of what it wrote.</returns>
    [Alias("end"), AllowedTo(Roles.Silo)]
    Task<Fence?> End(RecordingId recording);

    /// <summary>A silo that is ending has closed its part: another takes the recording up, and nobody needs to be fenced out. Safe to repeat.</summary>
    /// <returns>False when the epoch is not the present one: what it made is known as far as it counts.</returns>
    [Alias("leave"), AllowedTo(Roles.Silo)]
    Task<bool> Leave(int epoch);

    /// <summary>The lease that a recording would get next, for one that begins while the database is away. Nothing is given yet.</summary>
    /// <returns>Null when another recording has the camera.</returns>
    [Alias("offer"), AllowedTo(Roles.Silo)]
    Task<Lease?> Offer(CaptureOrder order);

    /// <summary>
    /// While the database is away: gives the camera to a recording, under a lease that was offered and stands in the journal. Waits
    /// for its first stored fragment.
    /// </summary>
    /// <returns>Null when it records; otherwise what is wrong.</returns>
    [Alias("begin-away"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> BeginAway(CaptureOrder order, Lease lease);

    /// <summary>The database is back: enters a lease of the journal. Safe to repeat; a later lease stays.</summary>
    [Alias("enter"), AllowedTo(Roles.Silo)]
    Task Enter(CaptureOrder order, Lease lease);

    /// <summary>The recorder tells how it goes.</summary>
    /// <returns>False when the epoch is not the present one: the recorder must stop.</returns>
    [Alias("tell"), AllowedTo(Roles.Silo)]
    Task<bool> Tell(int epoch, CaptureHealth health);

    /// <summary>
    /// Opens the camera for some seconds and tells in numbers what it gives, for whoever sets it up. Nothing of it is kept but
    /// the numbers. A talk that begins meanwhile ends it; a second call joins the first.
    /// </summary>
    /// <remarks>Interleaves, so that no talk waits for it.</remarks>
    [Alias("measure"), AlwaysInterleave, AllowedTo(Roles.Operator)]
    Task<MeasureOutcome> Measure();

    /// <summary>What was measured last; null when it never was.</summary>
    [Alias("last-measurement"), AlwaysInterleave, AllowedTo(Roles.Operator | Roles.Secretary | Roles.DataProtectionOfficer, Query = true)]
    Task<CameraMeasurement?> LastMeasurement();

    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator | Roles.Silo, Query = true, WhileAway = true)]
    Task<CameraView> Read();
}
