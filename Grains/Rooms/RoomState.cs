using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Grains.Rooms;

/// <summary>What is stored of a room, and every decision on it.</summary>
internal sealed record RoomState
{
    // The longest grace and the longest set-up that there can be.
    private static readonly TimeSpan FarthestApart = TimeSpan.FromHours(2);

    public StickerCheck? Sticker { get; init; }

    /// <summary>Who has the room when, soonest first; two bookings never at one time.</summary>
    public ImmutableArray<Reservation> Reserved { get; init; } = [];

    public RoomTalk? Talk { get; init; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<KeptRecording> Recordings { get; init; } = [];

    /// <summary>The first who looked on a day stays.</summary>
    public RoomState CheckSticker(DateOnly today, string by) => Sticker?.On == today ? this : this with { Sticker = new StickerCheck(today, by) };

    /// <summary>What lies behind is let go: reservations that stand in nobody's way any more, recordings whose term has passed.</summary>
    public RoomState Tidy(DateTimeOffset now) => this with
    {
        Reserved = Reserved.RemoveAll(reservation => reservation.Time.Until + FarthestApart <= now),
        Recordings = Recordings.RemoveAll(kept => kept.ExpiresAt <= now),
    };

    public bool HasReserved(BookingId booking, TimeRange time) => Reserved.Contains(new Reservation(booking, time));

    /// <summary>Unchanged when another booking has the room in that time or too near to it, or this one has it already.</summary>
    public RoomState Reserve(RoomId room, BookingId booking, TimeRange time, TimeSpan apart) =>
        HasReserved(booking, time) || !new RoomAgenda(room, Reserved).IsFree(booking, time, apart)
            ? this
            : this with { Reserved = [.. Reserved.Add(new Reservation(booking, time)).OrderBy(reservation => reservation.Time.From)] };

    public RoomState Release(BookingId booking, TimeRange? except) =>
        this with { Reserved = Reserved.RemoveAll(reservation => reservation.Booking == booking && reservation.Time != except) };

    /// <summary>Unchanged when a talk goes on: one room never has two (R4).</summary>
    public RoomState Occupy(RoomTalk talk) => Talk is null || Talk.Booking == talk.Booking ? this with { Talk = talk } : this;

    public RoomState Vacate(BookingId booking) => Talk?.Booking == booking ? this with { Talk = null } : this;

    public RoomState EndTalk(BookingId booking, KeptRecording? kept) => Vacate(booking).Release(booking, null) with
    {
        Recordings = kept is null || Recordings.Contains(kept) ? Recordings : Recordings.Insert(0, kept),
    };

    public RoomState Forget(RecordingId recording) => this with
    {
        Talk = Talk?.Recording == recording ? Talk with { Recording = null } : Talk,
        Recordings = Recordings.RemoveAll(kept => kept.Recording == recording),
    };
}
