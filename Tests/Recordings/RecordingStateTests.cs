using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Recordings;

/// <summary>The decisions on a recording, without a cluster.</summary>
public sealed class RecordingStateTests
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly RecordingId Id = RecordingId.New();
    private static readonly RegulationInForce Regulation = new(TestRegulation.First, Nine, TestRegulation.Terms);

    private static readonly ImmutableArray<Func<RecordingState, DateTimeOffset, RecordingState>> Commands =
    [
        (state, now) => state.Begin(Order("1"), Regulation, now),
        (state, now) => state.Hold(now),
        (state, now) => state.Release(now),
        (state, now) => state.Move(Order("1")),
        (state, now) => state.Move(Order("2")),
        (state, now) => state.Extend(now.AddMinutes(30)),
        (state, now) => state.Stop(now),
        (state, _) => state.CameraStopped([APart(1), APart(2)]),
        (state, now) => state.Condemn(now),
    ];

    [Fact]
    public void Whatever_comes_in_any_order_the_term_stays_and_nothing_that_ended_goes_on() =>
        Gen.Int[0, Commands.Length - 1].Array[1, 30].Sample(order =>
        {
            var (state, now, hasEnded) = (new RecordingState(), Nine, false);
            DateTimeOffset? expiry = null;
            foreach (var command in order)
            {
                now = now.AddMinutes(1);
                state = Commands[command](state, now);
                expiry ??= state.Making?.ExpiresAt;

                Assert.Equal(expiry, state.Making?.ExpiresAt);
                Assert.False(hasEnded && state.Phase is RecordingPhase.Capturing or RecordingPhase.Moving or RecordingPhase.Held or RecordingPhase.Holding);
                hasEnded |= state.Phase is RecordingPhase.Stopping or RecordingPhase.Sealed or RecordingPhase.Closed or RecordingPhase.Condemned;
            }
        });

    [Fact]
    public void While_an_objection_is_open_no_command_but_its_decision_records_or_shows() =>
        Gen.Int[0, Commands.Length - 1].Where(command => command != 2).Array[1, 20].Sample(order =>
        {
            var held = new RecordingState().Begin(Order("1"), Regulation, Nine).Hold(Nine);
            var state = order.Aggregate(held, (state, command) => Commands[command](state, Nine.AddMinutes(1)));

            Assert.Contains(state.StageAt(Nine.AddMinutes(1)), new[] { RecordingStage.Held, RecordingStage.Erasing });
        });

    [Fact]
    public void What_the_recorder_tells_of_its_run_leaves_the_parts_of_earlier_runs_as_they_were()
    {
        var state = new RecordingState().Begin(Order("1"), Regulation, Nine).Hold(Nine).CameraStopped([APart(1)]).Release(Nine);

        var told = state.KnowParts([APart(2)]);

        Assert.Equal([1, 2], told.Parts.Select(part => part.Id.Epoch));
        Assert.Equal(1, told.CaptureOrder(Id, new SiteId("town-hall")).AfterEpoch);
    }

    [Fact]
    public void What_a_vault_that_was_away_has_completes_a_part_whose_end_was_not_known_and_changes_no_other()
    {
        var (closed, open) = (APart(1), APart(2) with { State = PartState.Open });
        var state = new RecordingState { Parts = [closed, open] };

        var returned = state.Return([closed with { Fragments = 9 }, open with { Fragments = 7, State = PartState.Recovered }, APart(3)]);

        Assert.Equal([(1, 1), (2, 7), (3, 1)], returned.Parts.Select(part => (part.Id.Epoch, part.Fragments)));
        Assert.Same(returned, returned.Return([APart(1), APart(2) with { Fragments = 8 }, APart(3)]));
    }

    [Fact]
    public void A_lease_names_a_vault_in_which_something_may_be_though_nothing_was_heard_of_it()
    {
        var state = new RecordingState().KnowLease(new Lease(1, "silo-1"), null).KnowLease(new Lease(2, "silo-2"), new Fence(1, Nine));

        var again = state.KnowLease(new Lease(2, "silo-2"), new Fence(1, Nine));

        Assert.Equal(["silo-1", "silo-2"], state.Vaults);
        Assert.Single(state.Fences);
        Assert.Same(state, again);
    }

    [Fact]
    public void A_copy_names_a_vault_that_an_erasure_must_not_overlook_and_changes_nothing_else_of_the_recording()
    {
        var begun = new RecordingState().Begin(Order("1"), Regulation, Nine);
        var @sealed = begun.Stop(Nine).CameraStopped([APart(1)]);
        var (first, more) = (new PartCopy(APart(1).Id, "silo-2", 0, Nine, IsWhole: false), new PartCopy(APart(1).Id, "silo-2", 1, Nine.AddMinutes(1), IsWhole: true));

        var told = @sealed.KnowCopy(first).KnowCopy(more).KnowCopy(first with { Vault = "silo-3" });

        Assert.Equal(["silo-2", "silo-3"], told.Vaults.Order());
        Assert.Equal([more, first with { Vault = "silo-3" }], told.Copies);
        Assert.Equal(@sealed, told with { Copies = @sealed.Copies });
        Assert.Same(told, told.KnowCopy(more));
        Assert.Equal([first], begun.KnowCopy(first).Copies);
    }

    [Fact]
    public void Of_what_is_to_go_or_never_was_no_copy_is_kept()
    {
        var copy = new PartCopy(APart(1).Id, "silo-2", 0, Nine, IsWhole: false);
        var condemned = new RecordingState().Begin(Order("1"), Regulation, Nine).Condemn(Nine);

        Assert.Same(condemned, condemned.KnowCopy(copy));
        Assert.Empty(new RecordingState().KnowCopy(copy).Copies);
    }

    private static RecordingOrder Order(string number) =>
        new(new BookingId("ref-1"), new RoomId($"room-{number}"), new CameraId($"camera-{number}"), Nine.AddMinutes(40));

    private static Part APart(int epoch) => new(new PartId(Id, epoch, 1), new TimeRange(Nine, Nine.AddMinutes(1)), 1, 1, TimeSpan.FromMinutes(1), 1, PartState.Closed);
}
