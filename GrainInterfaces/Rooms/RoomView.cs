using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>A room as it is now.</summary>
/// <param name="Id">The room.</param>
/// <param name="Camera">Its camera in numbers; null for a room without.</param>
/// <param name="Sticker">The last day on which the notice at the door was seen to hang there, and by whom; null when it never was.</param>
/// <param name="Talk">The talk going on in it.</param>
/// <param name="Reserved">Which booking has it when, soonest first.</param>
/// <param name="Recordings">Recordings made in it that may still exist, newest first.</param>
[GenerateSerializer, Immutable, Alias("room-view")]
public sealed record RoomView(
    RoomId Id,
    CameraView? Camera,
    StickerCheck? Sticker,
    RoomTalk? Talk,
    ImmutableArray<Reservation> Reserved,
    ImmutableArray<KeptRecording> Recordings);

/// <summary>The notice at the door was seen to hang there (R3).</summary>
/// <param name="On">The day, as people in the town hall see it.</param>
/// <param name="By">Who looked first on that day, by opaque subject.</param>
[GenerateSerializer, Immutable, Alias("sticker-check")]
public sealed record StickerCheck(DateOnly On, string By);

/// <summary>The talk that a room is used for now.</summary>
/// <param name="Booking">Its booking.</param>
/// <param name="Recording">What is being recorded of it; null when nothing is.</param>
[GenerateSerializer, Immutable, Alias("room-talk")]
public sealed record RoomTalk(BookingId Booking, RecordingId? Recording = null);

/// <summary>A recording made in a room, until its term has passed.</summary>
[GenerateSerializer, Immutable, Alias("kept-recording")]
public sealed record KeptRecording(RecordingId Recording, DateTimeOffset ExpiresAt);

/// <summary>A booking's claim on a room.</summary>
[GenerateSerializer, Immutable, Alias("reservation")]
public sealed record Reservation(BookingId Booking, TimeRange Time);
