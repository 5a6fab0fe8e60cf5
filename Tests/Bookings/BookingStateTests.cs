using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Bookings;

namespace RecordingCluster.Tests.Bookings;

/// <summary>The decisions on a booking, without a cluster.</summary>
public sealed class BookingStateTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly RoomId Room = new("room-1");
    private static readonly CameraId Camera = new("camera-1");
    private static readonly TimeRange Time = new(Nine, Nine.AddMinutes(30));
    private static readonly RiskAssessment Raised = new(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]);
    private static readonly RiskAssessment OnOtherGround = new(Risk.Raised, [RiskGround.Other], [Alternative.NoneSuffices]);
    private static readonly LetterNotice Letter = new(Today, "model-1", Language.Dutch);

    private static readonly ImmutableArray<Func<BookingState, DateTimeOffset, BookingState>> Commands =
    [
        (state, now) => state.Book(new BookingRequest(Time, Raised), Room, "official-1", now),
        (state, _) => state.Rebook(Time, new RoomId("room-2")),
        (state, now) => state.Reassess(OnOtherGround, Room, "official-1", now),
        (state, now) => state.Plan is null ? state : state.Confirm("official-2", now).Next,
        (state, now) => state.Cancel(now),
        (state, _) => state.RecordLetter(Letter),
        (state, now) => state.Begin(RecordingId.New(), new SpokenNotice(Language.Dutch, "official-1", now)),
        (state, now) => state.GiveUpStart(new CameraOff(Camera, CameraFault.NoMedia, now)),
        (state, now) => state.Choose(CameraOffChoice.AlarmButton, "official-1", now),
        (state, now) => state.Started(now),
        (state, now) => state.StartedUnrecorded(WhyUnrecorded.CameraOff, "official-1", now),
        (state, now) => state.Lengthen(now.AddHours(1)),
        (state, _) => state.Swap(new RoomId("room-2")),
        (state, _) => state.Swapped(),
        (state, _) => state.GiveUpSwap(),
        (state, now) => state.IsObjectable ? state.RecordObjection(ObjectionKind.Informal, "official-1", now).Next : state,
        (state, now) => state.Decide(1, new ObjectionDecision.Rejected(RejectionReason.RiskStands, "official-3", now)),
        (state, now) => state.Decide(2, new ObjectionDecision.Upheld("official-3", now)),
        (state, now) => state.End(now),
    ];

    [Fact]
    public void Whatever_comes_in_any_order_what_is_over_stays_over_and_what_was_said_stays_said() =>
        Gen.Int[0, Commands.Length - 1].Array[1, 60].Sample(order =>
        {
            var (state, now) = (new BookingState(), Nine);
            foreach (var command in order.Prepend(0))
            {
                now = now.AddMinutes(1);
                var before = state;
                state = Commands[command](state, now);

                Assert.True(before.Phase is not (BookingPhase.Cancelled or BookingPhase.Ended) || before.Stage == state.Stage);
                Assert.True(before.Talk is null || before.Talk == state.Talk);
                Assert.True(before.Plan?.Letter is null || before.Plan.Letter == state.Plan!.Letter);
                Assert.True(before.Stage != BookingStage.Talking || state.Stage != BookingStage.Booked);
                Assert.True(before.Plan is null || (!before.Plan.IsObjectionUpheld || state.Plan!.IsObjectionUpheld));
                Assert.True((before.Plan?.Objections.Length ?? 0) <= state.Plan!.Objections.Length);
                Assert.Equal(state.Plan.Objections.Select((objection, place) => objection.Number), Enumerable.Range(1, state.Plan.Objections.Length));
            }
        });

    [Fact]
    public void The_start_names_all_that_is_missing_at_once()
    {
        var state = Booked(OnOtherGround);

        Assert.Equal([NoticeKind.Sticker, NoticeKind.Letter, NoticeKind.Spoken], state.MissingNotices(null, spoken: false, Today));
        Assert.True(state.IsUnconfirmed);
        Assert.Empty(state.RecordLetter(Letter).MissingNotices(Today, spoken: true, Today));
    }

    [Fact]
    public void The_ground_other_is_confirmed_by_a_second_official_and_a_new_assessment_asks_for_it_again()
    {
        var state = Booked(OnOtherGround);

        var own = state.Confirm("official-1", Nine).Outcome;
        var confirmed = state.Confirm("official-2", Nine).Next;
        var again = confirmed.Confirm("official-3", Nine.AddMinutes(1)).Outcome;
        var assessedAnew = confirmed.Reassess(Raised, Room, "official-1", Nine).Reassess(OnOtherGround, Room, "official-2", Nine);

        Assert.IsType<ConfirmOutcome.OwnAssessment>(own);
        Assert.Equal(new ConfirmOutcome.Confirmed(new Confirmation("official-2", Nine)), again);
        Assert.Equal((false, true), (confirmed.IsUnconfirmed, assessedAnew.IsUnconfirmed));
        Assert.IsType<ConfirmOutcome.OwnAssessment>(assessedAnew.Confirm("official-2", Nine).Outcome);
        Assert.IsType<ConfirmOutcome.NotNeeded>(Booked(Raised).Confirm("official-2", Nine).Outcome);
    }

    [Fact]
    public void Neither_the_interviewer_nor_whoever_assessed_it_before_decides_on_an_objection()
    {
        var talking = Booked(Raised).Reassess(OnOtherGround, Room, "official-2", Nine)
            .Begin(RecordingId.New(), new SpokenNotice(Language.Dutch, "official-3", Nine)).Started(Nine);

        Assert.Equal([false, false, false, true], new[] { "official-1", "official-2", "official-3", "official-4" }.Select(talking.MayDecide));
    }

    [Fact]
    public void Recording_is_off_for_a_reason_that_stands_and_for_no_other()
    {
        var told = Booked(Raised).RecordLetter(Letter);
        var failed = told.Begin(RecordingId.New(), new SpokenNotice(Language.Dutch, "official-1", Nine)).GiveUpStart(new CameraOff(Camera, CameraFault.NoMedia, Nine));

        Assert.Null(told.WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today, Today));
        Assert.Null(failed.WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today, Today));
        Assert.Null(failed.Choose(CameraOffChoice.Postpone, "official-1", Nine).WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today, Today));
        Assert.Null(failed.Choose(CameraOffChoice.AlarmButton, "official-1", Nine).WhyOff(new CameraId("camera-2"), mayRecord: true, isClockTrusted: true, Today, Today)); // another room's camera was not tried
        Assert.Equal(WhyUnrecorded.CameraOff, failed.Choose(CameraOffChoice.AlarmButton, "official-1", Nine).WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today, Today));
        Assert.Equal(WhyUnrecorded.NoticesMissing, told.WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today.AddDays(-1), Today));
        Assert.Equal(WhyUnrecorded.Objection, told.RecordObjection(ObjectionKind.Informal, "official-1", Nine).Next.WhyOff(Camera, mayRecord: true, isClockTrusted: true, Today, Today));
        Assert.Equal(WhyUnrecorded.NormalRisk, Booked(RiskAssessment.Normal).WhyOff(null, mayRecord: true, isClockTrusted: false, null, Today));
    }

    [Fact]
    public void Of_each_kind_of_objection_one_is_open_at_a_time_and_the_kinds_are_kept_apart()
    {
        var state = Booked(Raised).RecordObjection(ObjectionKind.Informal, "official-1", Nine).Next;

        var (same, again) = state.RecordObjection(ObjectionKind.Informal, "room-booking", Nine.AddMinutes(1));
        var (both, formal) = state.RecordObjection(ObjectionKind.GdprArticle21, "official-1", Nine);
        var decided = both.Decide(1, new ObjectionDecision.Rejected(RejectionReason.RiskStands, "official-2", Nine));

        Assert.Equal((state, 1), (same, again.Number));
        Assert.Equal((2, ObjectionMoment.Before), (formal.Number, formal.Moment));
        Assert.True(decided.Plan!.HasOpenObjection);
        Assert.Equal(decided, decided.Decide(1, new ObjectionDecision.Upheld("official-3", Nine))); // the first decision counts
    }

    private static BookingState Booked(RiskAssessment assessment) => new BookingState().Book(new BookingRequest(Time, assessment), Room, "official-1", Nine);
}
