using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Rooms;

/// <summary>What is stored of a room, and every decision on it.</summary>
internal sealed record RoomState
{
    public DateOnly? StickerCheckedOn { get; init; }

    /// <summary>Who has the room when, soonest first, without overlap.</summary>
    public ImmutableArray<Reservation> Reserved { get; init; } = [];

    public RoomTalk? Talk { get; init; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<KeptRecording> Recordings { get; init; } = [];

    public RoomState CheckSticker(DateOnly today) => this with { StickerCheckedOn = today };

    /// <summary>What lies behind is let go: reservations that are over, recordings whose term has passed.</summary>
    public RoomState Tidy(DateTimeOffset now) => this with
    {
        Reserved = Reserved.RemoveAll(reservation => reservation.Time.Until <= now),
        Recordings = Recordings.RemoveAll(kept => kept.ExpiresAt <= now),
    };

    public bool HasReserved(BookingId booking, TimeRange time) => Reserved.Contains(new Reservation(booking, time));

    /// <summary>Unchanged when another booking has the room in that time, or this one has it already.</summary>
    public RoomState Reserve(BookingId booking, TimeRange time) =>
        Reserved.Any(reservation => reservation.Booking == booking || reservation.Time.Overlaps(time))
            ? this
            : this with { Reserved = [.. Reserved.Add(new Reservation(booking, time)).OrderBy(reservation => reservation.Time.From)] };

    /// <summary>Unchanged when a talk goes on: one room never has two (R4).</summary>
    public RoomState Occupy(RoomTalk talk) => Talk is null || Talk.Booking == talk.Booking ? this with { Talk = talk } : this;

    public RoomState Vacate(BookingId booking) => Talk?.Booking == booking ? this with { Talk = null } : this;

    public RoomState EndTalk(BookingId booking, KeptRecording? kept) => Vacate(booking) with
    {
        Reserved = Reserved.RemoveAll(reservation => reservation.Booking == booking),
        Recordings = kept is null || Recordings.Contains(kept) ? Recordings : Recordings.Insert(0, kept),
    };
}
