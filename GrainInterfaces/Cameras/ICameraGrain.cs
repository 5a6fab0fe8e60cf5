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
    /// <summary>Gives the camera to a recording, under a lease that is stored before anything runs. Safe to repeat: what runs keeps its lease.</summary>
    /// <returns>Null when another recording that runs has the camera.</returns>
    [Alias("take"), AllowedTo(Roles.Silo)]
    Task<GivenLease?> Take(CaptureOrder order);

    /// <summary>Records under a lease that was taken, and waits for its first stored fragment. Safe to repeat.</summary>
    /// <returns>Null when it records; otherwise what is wrong, and the lease is given back.</returns>
    /// <exception cref="Errors.RecordingClusterException">Unavailable: the silo that has the lease is gone, or there is a later one. Take another.</exception>
    [Alias("begin"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> Begin(Lease lease);

    /// <summary>
    /// As <see cref="Begin"/>, and returns at once: the recorder goes on trying. For what went on before: after a crash, an objection, or a
    /// time in another room.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">Unavailable: as there.</exception>
    [Alias("resume"), AllowedTo(Roles.Silo)]
    Task Resume(Lease lease);

    /// <summary>Moves the end of a capture that goes on (R4). Safe to repeat.</summary>
    /// <returns>False when none goes on for this recording.</returns>
    [Alias("extend"), AllowedTo(Roles.Silo)]
    Task<bool> Extend(RecordingId recording, DateTimeOffset stopAt);

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
