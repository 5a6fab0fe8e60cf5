using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>One interview room: its sticker, who has it when, and the talk now going on in it.</summary>
/// <remarks>Key: the room's id from the configuration. All of it survives a crash; the camera's numbers are asked afresh.</remarks>
[Alias("room")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Records that the notice hangs at the door today (R3), and who looked. Safe to repeat: the first who looked on a day stays.</summary>
    [Alias("sticker"), AllowedTo(Roles.Official | Roles.Reception)]
    Task CheckSticker();

    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator | Roles.Silo, Query = true, WhileAway = true)]
    Task<RoomView> Read();

    /// <summary>Which booking has the room when, soonest first.</summary>
    [Alias("agenda"), AllowedTo(Roles.Silo)]
    Task<ImmutableArray<Reservation>> Agenda();

    /// <summary>
    /// Claims the room. False when another booking has it in that time, or nearer to it than the two must be apart. What the
    /// same booking had claimed before stays until it is released. Safe to repeat.
    /// </summary>
    /// <param name="booking">The booking.</param>
    /// <param name="time">When.</param>
    /// <param name="apart">The grace after one talk and the set-up before the next.</param>
    [Alias("reserve"), AllowedTo(Roles.Silo)]
    Task<bool> Reserve(BookingId booking, TimeRange time, TimeSpan apart);

    /// <summary>Gives back what a booking has claimed, but for one time. Safe to repeat.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="except">The claim that it keeps; null for none.</param>
    [Alias("release"), AllowedTo(Roles.Silo)]
    Task Release(BookingId booking, TimeRange? except);

    /// <summary>Takes the room for a talk. Answers who has it: <paramref name="talk"/>, or the talk that must end first (R4). Safe to repeat.</summary>
    [Alias("occupy"), AllowedTo(Roles.Silo)]
    Task<RoomTalk> Occupy(RoomTalk talk);

    /// <summary>Gives the room back after a start that failed; the booking keeps its time. Another's talk is left alone. Safe to repeat.</summary>
    [Alias("vacate"), AllowedTo(Roles.Silo)]
    Task Vacate(BookingId booking);

    /// <summary>Gives the room back after a talk, with what is left of its time. Another's talk is left alone. Safe to repeat.</summary>
    /// <param name="booking">The talk's booking.</param>
    /// <param name="kept">The recording that stays of it; null when nothing was recorded.</param>
    [Alias("end-talk"), AllowedTo(Roles.Silo)]
    Task EndTalk(BookingId booking, KeptRecording? kept);

    /// <summary>A recording made here was erased before its term: it is no longer listed, nor that of the talk going on. Safe to repeat.</summary>
    [Alias("forget"), AllowedTo(Roles.Silo)]
    Task Forget(RecordingId recording);

    /// <summary>After a start of the cluster: takes up the recording that should be going on here.</summary>
    [Alias("resume"), AllowedTo(Roles.Silo)]
    Task Resume();
}
