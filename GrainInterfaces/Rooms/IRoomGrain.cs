using System.Collections.Immutable;
using Orleans.Concurrency;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>One interview room: its sticker, who has it when, and the talk now going on in it.</summary>
/// <remarks>Key: the room's id from the configuration. All of it survives a crash; the camera's numbers are asked afresh.</remarks>
[Alias("room")]
public interface IRoomGrain : IGrainWithStringKey
{
    /// <summary>Records that the notice hangs at the door today (R3). Safe to repeat.</summary>
    [Alias("sticker"), AllowedTo(Roles.Official | Roles.Reception)]
    Task CheckSticker();

    [Alias("read"), AlwaysInterleave, AllowedTo(Roles.BookingSystem | Roles.Official | Roles.Reception | Roles.CameraAdministrator | Roles.DataProtectionOfficer | Roles.Operator | Roles.Silo, Query = true)]
    Task<RoomView> Read();

    /// <summary>Which booking has the room when, soonest first.</summary>
    [Alias("agenda"), AllowedTo(Roles.Silo)]
    Task<ImmutableArray<Reservation>> Agenda();

    /// <summary>Claims the room. False when another booking has it in that time. Safe to repeat.</summary>
    [Alias("reserve"), AllowedTo(Roles.Silo)]
    Task<bool> Reserve(BookingId booking, TimeRange time);

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

    /// <summary>After a start of the cluster: takes up the recording that should be going on here.</summary>
    [Alias("resume"), AllowedTo(Roles.Silo)]
    Task Resume();
}
