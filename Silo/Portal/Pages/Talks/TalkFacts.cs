using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains;

namespace RecordingCluster.Silo.Portal.Pages.Talks;

/// <summary>A talk as its page shows it. What may be done is decided by the grains; this only leaves away what would be refused.</summary>
/// <param name="Booking">The talk.</param>
/// <param name="Room">The room that it has, with its sticker and its camera in numbers.</param>
/// <param name="Regulation">What is in force; null when nothing is.</param>
/// <param name="IsClockTrusted">Whether a recording could start by the machine's clock (R11).</param>
/// <param name="Reader">Who looks at the page, by opaque subject.</param>
/// <param name="Now">The moment that is shown.</param>
public sealed record TalkFacts(BookingView Booking, RoomView Room, RegulationInForce? Regulation, bool IsClockTrusted, string Reader, DateTimeOffset Now)
{
    public RegulationTerms Terms => Regulation?.Terms ?? RegulationTerms.NothingRecorded;

    public bool IsUpheld => Booking.Objections.Any(objection => objection.Decision is ObjectionDecision.Upheld);

    public bool HasOpenObjection => Booking.Objections.Any(objection => objection.Decision is null);

    public bool IsToBeRecorded => Booking.Assessment?.Risk == Risk.Raised && !IsUpheld;

    /// <summary>Who assessed it may not confirm it; nor is there anything to confirm when it was, or needs none.</summary>
    public bool NeedsConfirmation => Booking is { Confirmed: null, Assessment.NeedsConfirmation: true };

    public bool IsOwnAssessment => Booking.Assessments.Length > 0 && Booking.Assessments[^1].By == Reader;

    public bool MayDecide => Booking.Interviewer != Reader && Booking.Assessments.All(made => made.By != Reader);

    /// <summary>Sticker and letter, as far as they are needed and missing; the spoken notice is given with the start.</summary>
    public ImmutableArray<NoticeKind> Missing => MissingOf(Booking, Room, Now);

    public DateTimeOffset OpensAt => Booking.Time!.Value.From - Terms.EarlyStart;

    public DateTimeOffset StopsAt => Booking.Time!.Value.Until + Terms.Grace;

    public bool IsTime => OpensAt <= Now && Now < Booking.Time!.Value.Until;

    public bool MayRecord => Terms.Recording && IsClockTrusted;

    /// <summary>A camera failed at a start in the room that the talk still has.</summary>
    public CameraOff? CameraOff => Booking.CameraOff is { } off && off.Camera == Room.Camera?.Id && IsToBeRecorded ? off : null;

    /// <summary>Whether the talk may be held with recording off.</summary>
    public bool MayGoUnrecorded => IsToBeRecorded && !NeedsConfirmation
        && (HasOpenObjection || !MayRecord || !Missing.IsEmpty || CameraOff?.Chosen?.Choice is CameraOffChoice.SecondOfficial or CameraOffChoice.AlarmButton);

    public TalkState State => Booking switch
    {
        { Stage: BookingStage.Booked } => TalkState.NotBegun,
        { Stage: BookingStage.Ended or BookingStage.Cancelled } => TalkState.Over,
        { Unrecorded: not null } => TalkState.Off,
        _ when IsUpheld => TalkState.Off,
        _ when HasOpenObjection => TalkState.Paused,
        { Gap.Fault: GrainInterfaces.Cameras.CameraFault.NoSound } => TalkState.SoundMissing,
        { Gap: not null } => TalkState.Gap,
        _ when Room.Camera?.Health is null => TalkState.Beginning,
        _ => TalkState.Recording,
    };

    /// <summary>Differs when the page must be made anew, and not only its numbers.</summary>
    public string Key => string.Join('|',
        Booking.Stage, Booking.Time, Booking.Room, Booking.Letter, Booking.Confirmed, Booking.CameraOff, Booking.Assessments.Length,
        string.Join(',', Booking.Objections.Select(objection => $"{objection.Number} {objection.Decision}")), string.Join(',', Missing), IsTime, MayRecord, Terms.Sound);

    public static ImmutableArray<NoticeKind> MissingOf(BookingView booking, RoomView room, DateTimeOffset now) =>
        booking is { Stage: BookingStage.Booked, Assessment.Risk: Risk.Raised } && !booking.Objections.Any(objection => objection.Decision is ObjectionDecision.Upheld)
            ?
            [
                .. room.Sticker?.On == now.LocalDay() ? Array.Empty<NoticeKind>() : [NoticeKind.Sticker],
                .. booking.Letter is not null ? Array.Empty<NoticeKind>() : [NoticeKind.Letter],
            ]
            : [];
}

/// <summary>What is happening with a talk and its recording.</summary>
public enum TalkState
{
    NotBegun,
    Beginning,
    Recording,
    SoundMissing,
    Gap,
    Paused,
    Off,
    Over,
}
