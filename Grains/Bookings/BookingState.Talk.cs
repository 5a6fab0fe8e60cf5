using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;

namespace RecordingCluster.Grains.Bookings;

/// <summary>The talk: its start with or without recording, its room and its end.</summary>
internal sealed partial record BookingState
{
    public Talk? Talk => Phase switch
    {
        BookingPhase.Talking talking => talking.Talk,
        BookingPhase.Swapping swapping => swapping.Talk,
        BookingPhase.Ended ended => ended.Talk,
        _ => null,
    };

    public RecordingId? Recording => Phase is BookingPhase.Starting starting ? starting.Recording : (Talk?.Kept as Kept.Recorded)?.Recording;

    public DateTimeOffset? EndedAt => (Phase as BookingPhase.Ended)?.EndedAt;

    /// <summary>Which of the three notices do not stand (R3). A talk that is not recorded needs none.</summary>
    public ImmutableArray<NoticeKind> MissingNotices(DateOnly? stickerCheckedOn, bool spoken, DateOnly today) => Plan is { IsToBeRecorded: true } plan
        ?
        [
            .. stickerCheckedOn == today ? Array.Empty<NoticeKind>() : [NoticeKind.Sticker],
            .. plan.Letter is not null ? Array.Empty<NoticeKind>() : [NoticeKind.Letter],
            .. spoken ? Array.Empty<NoticeKind>() : [NoticeKind.Spoken],
        ]
        : [];

    public bool IsUnconfirmed => Plan is { Confirmed: null, Assessment.NeedsConfirmation: true };

    /// <summary>What allows the talk to be held with recording off; null when nothing does, and it is recorded.</summary>
    /// <remarks>That the spoken notice was not given is no reason: it can be given.</remarks>
    public WhyUnrecorded? WhyOff(CameraId? camera, bool mayRecord, bool isClockTrusted, DateOnly? stickerCheckedOn, DateOnly today) => Plan switch
    {
        { Assessment.Risk: Risk.Normal } => WhyUnrecorded.NormalRisk,
        { IsObjectionUpheld: true } or { HasOpenObjection: true } => WhyUnrecorded.Objection,
        { CameraOff: { Chosen.Choice: CameraOffChoice.SecondOfficial or CameraOffChoice.AlarmButton } off } when off.Camera == camera => WhyUnrecorded.CameraOff,
        _ when !mayRecord => WhyUnrecorded.MayNotRecord,
        _ when !isClockTrusted => WhyUnrecorded.ClockNotTrusted,
        _ when !MissingNotices(stickerCheckedOn, spoken: true, today).IsEmpty => WhyUnrecorded.NoticesMissing,
        _ => null,
    };

    /// <summary>The recording's id is settled before the camera is asked, so that a repeat means the same recording.</summary>
    public BookingState Begin(RecordingId recording, SpokenNotice spoken) =>
        Phase is BookingPhase.Booked { Plan: var plan } ? this with { Phase = new BookingPhase.Starting(plan, recording, spoken) } : this;

    /// <summary>The camera did not begin, and the official hears it. What was chosen about an earlier fault of another camera goes.</summary>
    public BookingState GiveUpStart(CameraOff? off) => Phase is BookingPhase.Starting { Plan: var plan }
        ? this with { Phase = new BookingPhase.Booked(off is null ? plan : plan with { CameraOff = off }) }
        : this;

    public BookingState Choose(CameraOffChoice choice, string by, DateTimeOffset now) => ChangeBooked(plan => plan.CameraOff is { } off && off.Chosen?.Choice != choice
        ? plan with { CameraOff = off with { Chosen = new CameraOffChosen(choice, by, now) } }
        : plan);

    public BookingState Started(DateTimeOffset now) => Phase is BookingPhase.Starting starting
        ? this with { Phase = new BookingPhase.Talking(starting.Plan, new Talk(starting.Spoken.By, now, new Kept.Recorded(starting.Recording, starting.Spoken))) }
        : this;

    public BookingState StartedUnrecorded(WhyUnrecorded why, string by, DateTimeOffset now) =>
        Phase is BookingPhase.Booked { Plan: var plan } ? this with { Phase = new BookingPhase.Talking(plan, new Talk(by, now, new Kept.Off(why))) } : this;

    public BookingState Lengthen(DateTimeOffset until) => Phase is BookingPhase.Talking talking && until > talking.Plan.Time.Until
        ? this with { Phase = talking with { Plan = talking.Plan with { Time = talking.Plan.Time with { Until = until } } } }
        : this;

    public BookingState Swap(RoomId to) => Phase switch
    {
        BookingPhase.Booked booked => this with { Phase = new BookingPhase.Booked(booked.Plan with { Room = to }) },
        BookingPhase.Talking talking => this with { Phase = new BookingPhase.Swapping(talking.Plan, talking.Talk, to) },
        _ => this,
    };

    public BookingState Swapped() =>
        Phase is BookingPhase.Swapping swapping ? this with { Phase = new BookingPhase.Talking(swapping.Plan with { Room = swapping.To }, swapping.Talk) } : this;

    public BookingState GiveUpSwap() =>
        Phase is BookingPhase.Swapping swapping ? this with { Phase = new BookingPhase.Talking(swapping.Plan, swapping.Talk) } : this;

    /// <summary>As the journal has it: whatever was under way, it is over.</summary>
    public BookingState EndAway(DateTimeOffset at) => Phase switch
    {
        BookingPhase.Starting starting => this with { Phase = new BookingPhase.Ended(starting.Plan, new Talk(starting.Spoken.By, at, new Kept.Recorded(starting.Recording, starting.Spoken)), at) },
        BookingPhase.Talking or BookingPhase.Swapping => this with { Phase = new BookingPhase.Ended(Plan!, Talk!, at) },
        _ => this,
    };

    public BookingState End(DateTimeOffset at) =>
        Phase is BookingPhase.Talking talking ? this with { Phase = new BookingPhase.Ended(talking.Plan, talking.Talk, at) } : this;

    /// <summary>A talk that nobody ended is ended here (R4).</summary>
    public DateTimeOffset StopAt(TimeSpan grace) => Plan!.Time.Until + grace;
}
