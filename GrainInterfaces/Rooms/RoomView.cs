using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Rooms;

/// <summary>A room as it is now.</summary>
/// <param name="Id">The room.</param>
/// <param name="Camera">Its camera in numbers; null for a room without.</param>
/// <param name="StickerCheckedOn">The last day on which the notice at the door was seen to hang there.</param>
/// <param name="Talk">The talk going on in it.</param>
/// <param name="Reserved">Which booking has it when, soonest first.</param>
/// <param name="Recordings">Recordings made in it that may still exist, newest first.</param>
[GenerateSerializer, Immutable, Alias("room-view")]
public sealed record RoomView(
    RoomId Id,
    CameraView? Camera,
    DateOnly? StickerCheckedOn,
    RoomTalk? Talk,
    ImmutableArray<Reservation> Reserved,
    ImmutableArray<KeptRecording> Recordings);

/// <summary>The talk that a room is used for now.</summary>
/// <param name="Booking">Its booking.</param>
/// <param name="Recording">What is being recorded of it; null when nothing is.</param>
[GenerateSerializer, Immutable, Alias("room-talk")]
public sealed record RoomTalk(BookingId Booking, RecordingId? Recording);

/// <summary>A recording made in a room, until its term has passed.</summary>
[GenerateSerializer, Immutable, Alias("kept-recording")]
public sealed record KeptRecording(RecordingId Recording, DateTimeOffset ExpiresAt);

/// <summary>A booking's claim on a room.</summary>
[GenerateSerializer, Immutable, Alias("reservation")]
public sealed record Reservation(BookingId Booking, TimeRange Time);
