using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>One recording: picture and sound of one talk, and its end.</summary>
/// <remarks>
/// Key: the recording's id. Its state survives a crash: phase, parts and the moment it expires. A reminder
/// erases it when its term has passed (R9).
/// </remarks>
[Alias("recording")]
public interface IRecordingGrain : IGrainWithGuidKey
{
    /// <summary>Starts recording. Safe to repeat: the first start is the one that counts, also for the term.</summary>
    /// <returns>Null when the camera records; otherwise what is wrong with it, and nothing is kept.</returns>
    [Alias("start"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> Start(RecordingOrder order);

    /// <summary>Ends recording and seals it. Safe to repeat: the first stop is the one that counts.</summary>
    [Alias("stop"), AllowedTo(Roles.Silo)]
    Task<DateTimeOffset?> Stop();

    /// <summary>As <see cref="Stop"/>, for one that ended at a moment in the past, while the database was away.</summary>
    [Alias("stop-as-of"), AllowedTo(Roles.Silo)]
    Task<DateTimeOffset?> StopAsOf(DateTimeOffset at);

    /// <summary>The database is back: enters a recording that began meanwhile, as the journal has it. Its term runs from when it began (R8). Safe to repeat.</summary>
    [Alias("enter"), AllowedTo(Roles.Silo)]
    Task Enter(RecordingOrder order, CaptureOrder capture, Lease lease);

    /// <summary>
    /// An objection is open (R5): answers when nothing is recorded any more and the part is closed. Nothing is shown until
    /// <see cref="Release"/>. Nothing when there is no recording, or not any more. Safe to repeat.
    /// </summary>
    [Alias("hold"), AllowedTo(Roles.Silo)]
    Task Hold();

    /// <summary>No objection is open: goes on as a new part while the talk lasts, and can be looked at again. Safe to repeat.</summary>
    /// <exception cref="Errors.RecordingClusterException">Conflict: another recording has the camera.</exception>
    [Alias("release"), AllowedTo(Roles.Silo)]
    Task Release();

    /// <summary>An objection was upheld (R5): stops and erases it now, with its certificate. Safe to repeat.</summary>
    /// <returns>The certificate; null when there never was a recording.</returns>
    [Alias("erase"), AllowedTo(Roles.Silo)]
    Task<Certificate?> Erase();

    /// <summary>The talk goes to another room: the old camera is stopped and confirmed before the new one begins (R4). Safe to repeat.</summary>
    /// <returns>Null when it goes on there, as a new part; otherwise what is wrong with that camera, and it goes on where it was.</returns>
    [Alias("move"), AllowedTo(Roles.Silo)]
    Task<CameraFault?> Move(RecordingOrder order);

    /// <summary>Moves the moment at which the recorder stops by itself (R4). Its term stays (R8). Safe to repeat.</summary>
    [Alias("extend"), AllowedTo(Roles.Silo)]
    Task Extend(DateTimeOffset stopAt);

    /// <summary>
    /// The regulation in force changed: what it no longer lets be recorded ends now, all of it or the sound (R6). The part is
    /// closed when this returns, and without sound the recording goes on as a new one. Nothing is added: sound that people were
    /// not told of does not begin in the middle of a talk. Safe to repeat.
    /// </summary>
    [Alias("follow"), AllowedTo(Roles.Silo)]
    Task Follow();

    /// <summary>After a crash: goes on as a new part while the talk lasts, and otherwise seals what there is.</summary>
    [Alias("resume"), AllowedTo(Roles.Silo)]
    Task Resume();

    /// <summary>
    /// A silo that was away while it recorded, or while the recording ended, is back: what its vault has and was never told
    /// of is added. A part whose end was known stays as it is. Safe to repeat.
    /// </summary>
    [Alias("return"), AllowedTo(Roles.Silo)]
    Task Return();

    /// <summary>The recorder tells which parts there are now.</summary>
    [Alias("parts"), AllowedTo(Roles.Silo)]
    Task KnowParts(ImmutableArray<Part> parts);

    /// <summary>
    /// A vault has a copy of a part, or has more of it than was told before. From then on no erasure overlooks that vault. Safe to
    /// repeat: the last word counts.
    /// </summary>
    /// <returns>False when nothing of this recording is to be kept any more, or there is none: then there must be no copy either.</returns>
    [Alias("copy"), AllowedTo(Roles.Silo)]
    Task<bool> KnowCopy(PartCopy copy);

    /// <summary>Erases it if its term has passed: for one that fell due while no reminder could tick. Safe to repeat.</summary>
    [Alias("expire"), AllowedTo(Roles.Silo)]
    Task Expire();

    /// <summary>What may be told of it without showing it. An erased recording answers with its certificate.</summary>
    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.Official | Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Operator | Roles.Silo, Query = true)]
    Task<RecordingView> Read();
}
