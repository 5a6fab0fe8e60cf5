using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Bookings;

/// <summary>What is stored of a booking, and every decision on it.</summary>
internal sealed record BookingState
{
    public BookingPhase Phase { get; init; } = new BookingPhase.Unknown();

    public Plan? Plan => Phase switch
    {
        BookingPhase.Booked booked => booked.Plan,
        BookingPhase.Starting starting => starting.Plan,
        BookingPhase.Talking talking => talking.Plan,
        BookingPhase.Ended ended => ended.Plan,
        _ => null,
    };

    public RecordingId? Recording => Phase switch
    {
        BookingPhase.Starting starting => starting.Recording,
        BookingPhase.Talking talking => talking.Recording,
        BookingPhase.Ended ended => ended.Recording,
        _ => null,
    };

    public DateTimeOffset? StartedAt => Phase switch
    {
        BookingPhase.Talking talking => talking.StartedAt,
        BookingPhase.Ended ended => ended.StartedAt,
        _ => null,
    };

    public DateTimeOffset? EndedAt => (Phase as BookingPhase.Ended)?.EndedAt;

    /// <summary>The same reference with other facts is refused: one of the two must be wrong.</summary>
    public void CheckSame(BookingId id, BookingRequest request)
    {
        if (Plan is { } plan && plan.Request != request)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict, $"Booking {id} exists with another time or assessment. Book the other talk under a reference of its own.");
        }
    }

    public BookingState Book(BookingRequest request, RoomId room) =>
        Plan is null ? this with { Phase = new BookingPhase.Booked(new Plan(request, room, null)) } : this;

    /// <summary>The first date stays. After the start a letter is no longer a notice beforehand.</summary>
    public BookingState RecordLetter(DateOnly sentOn) =>
        Phase is BookingPhase.Booked { Plan: { LetterSentOn: null } plan } ? this with { Phase = new BookingPhase.Booked(plan with { LetterSentOn = sentOn }) } : this;

    /// <summary>Which of the three notices do not stand (R3). A talk that is not recorded needs none.</summary>
    public ImmutableArray<NoticeKind> MissingNotices(DateOnly? stickerCheckedOn, bool spoken, DateOnly today)
    {
        if (Plan is not { } plan || !IsRecorded)
        {
            return [];
        }

        var missing = ImmutableArray.CreateBuilder<NoticeKind>();
        if (stickerCheckedOn != today)
        {
            missing.Add(NoticeKind.Sticker);
        }

        if (plan.LetterSentOn is null)
        {
            missing.Add(NoticeKind.Letter);
        }

        if (!spoken)
        {
            missing.Add(NoticeKind.Spoken);
        }

        return missing.ToImmutable();
    }

    /// <summary>Only a talk with a raised risk is recorded (R2).</summary>
    public bool IsRecorded => Plan?.Request.Assessment.Risk == Risk.Raised;

    /// <summary>The recording's id is settled before the camera is asked, so that a repeat means the same recording.</summary>
    public BookingState Begin(RecordingId recording) =>
        Phase is BookingPhase.Booked { Plan: var plan } ? this with { Phase = new BookingPhase.Starting(plan, recording) } : this;

    public BookingState GiveUpStart() =>
        Phase is BookingPhase.Starting { Plan: var plan } ? this with { Phase = new BookingPhase.Booked(plan) } : this;

    public BookingState Started(DateTimeOffset now) => Phase switch
    {
        BookingPhase.Starting starting => this with { Phase = new BookingPhase.Talking(starting.Plan, starting.Recording, now) },
        BookingPhase.Booked booked => this with { Phase = new BookingPhase.Talking(booked.Plan, null, now) },
        _ => this,
    };

    public BookingState End(DateTimeOffset at) =>
        Phase is BookingPhase.Talking talking
            ? this with { Phase = new BookingPhase.Ended(talking.Plan, talking.Recording, talking.StartedAt, at) }
            : this;

    /// <summary>A talk that nobody ended is ended here (R4).</summary>
    public DateTimeOffset StopAt(TimeSpan grace) => Plan!.Request.Time.Until + grace;

    public BookingStage Stage => Phase switch
    {
        BookingPhase.Booked or BookingPhase.Starting => BookingStage.Booked,
        BookingPhase.Talking => BookingStage.Talking,
        BookingPhase.Ended => BookingStage.Ended,
        _ => BookingStage.Unknown,
    };
}
