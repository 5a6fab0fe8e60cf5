using System.Collections.Immutable;
using CsCheck;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains.Access;
using RecordingCluster.Tests.Regulations;

namespace RecordingCluster.Tests.Access;

/// <summary>Whatever is asked, answered, decided, taken back and looked at, in any order and by anybody: the laws of R12 to R14.</summary>
public sealed class AccessLawTests
{
    private const string Asker = "administrator-1", Other = "administrator-2";

    private static readonly DateTimeOffset Begin = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeRange Window = new(Begin, Begin.AddMinutes(4));
    private static readonly TimeRange Half = new(Begin, Begin.AddMinutes(2));
    private static readonly AccessRequestId Id = AccessRequestId.New();
    private static readonly AccessQuestion Question = new(RecordingId.New(), Window, Purpose.Complaint, new CaseReference("case-1"));
    private static readonly RegulationTerms Terms = TestRegulation.Terms with { ViewingsPerGrant = 2 };
    private static readonly ViewingTicket Ticket = ViewingTicket.Of("a ticket"u8);
    private static readonly PasskeySignature Signature = new([1], [1], [1], [1]);

    private static readonly ImmutableArray<Decider> Deciders =
    [
        new Decider.ByRole("secretary-1"),
        new Decider.Deputy("deputy-1", new SignedAppointment(new Appointment(new AppointmentId(Guid.Empty), "deputy-1", default, "secretary-1", Begin), Signature)),
        new Decider.NotToday("deputy-2"),
        new Decider.ByRole(Asker), // a mistake elsewhere would make one person both
    ];

    // What is done, by which decider or person, and how many hours later.
    private static readonly Gen<(int Deed, int Who, int Hours)[]> Walks = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 3], Gen.Int[0, 30]).Array[1, 40];

    [Fact]
    public void There_is_one_decision_that_at_most_a_withdrawal_or_a_lapse_ends_and_nobody_makes_it_out_of_turn() => Walks.Sample(walk =>
    {
        var (state, now) = (new AccessRequestState(), Begin.AddHours(1));
        foreach (var (deed, who, hours) in walk)
        {
            now += TimeSpan.FromHours(hours);
            var before = state;
            state = Do(state, deed, who, now);
            if (before.Decision is { } stood)
            {
                Assert.True(
                    state.Decision == stood || (stood is Decision.Approved && state.Decision is Decision.Withdrawn or Decision.Lapsed),
                    $"{stood} became {state.Decision}");
            }
            else if (state.Decision is Decision.Approved or Decision.Refused)
            {
                Assert.True(now < state.Asking!.RecordingExpiresAt, "decided after the deadline");
                Assert.True(Deciders[who] is not Decider.NotToday && Deciders[who].Subject != Asker, $"decided by {Deciders[who]}");
                Assert.DoesNotContain(Deciders[who].Subject, state.Asking.StoodAside);
            }
        }
    });

    [Fact]
    public void Nothing_is_served_without_a_live_grant_of_that_person_for_that_stretch() => Walks.Sample(walk =>
    {
        var (state, now) = (new AccessRequestState(), Begin.AddHours(1));
        foreach (var (deed, who, hours) in walk)
        {
            now += TimeSpan.FromHours(hours);
            state = Do(state, deed, who, now);
            foreach (var (person, stretch) in new[] { (Asker, Half), (Other, Half), (Asker, new TimeRange(Half.Until, Window.Until)), (Asker, new TimeRange(Window.Until, Window.Until.AddMinutes(1))) })
            {
                foreach (var viewing in Enumerable.Range(0, 4))
                {
                    var refusal = state.WhyNotServe(viewing, Ticket, person, stretch, now);
                    var grant = (state.Decision as Decision.Approved)?.Grant;
                    var live = grant is not null && grant.Person == person && now < grant.ValidUntil && now < state.Asking!.RecordingExpiresAt
                        && grant.Window.Overlaps(stretch) && viewing >= 1 && viewing <= state.Viewings.Length && state.Viewings[viewing - 1].Viewing.EndedAt is null;
                    Assert.True(refusal is null == live, $"{refusal?.ToString() ?? "served"} in {state.Phase}");
                    Assert.NotNull(state.WhyNotServe(viewing, ViewingTicket.Of("another"u8), person, stretch, now));
                }
            }

            Assert.True(state.Viewings.Length <= Terms.ViewingsPerGrant);
        }
    });

    private static AccessRequestState Do(AccessRequestState state, int deed, int who, DateTimeOffset now)
    {
        var by = Deciders[who];
        var person = who % 2 == 0 ? Asker : Other;
        try
        {
            return deed switch
            {
                0 => state.Ask(Question, Asker, Begin + RegulationTerms.LongestRetention, now),
                1 => Approve(state, by, now),
                2 => state.Refuse(RefusalReason.NotNecessary, by, now).Next,
                3 => state.AskBack((BackQuestion)(who % 3), by, now).Next,
                4 => state.Answer(new BackReply(BackAnswer.Narrower, Half), person, now).Next,
                5 => state.Answer(new BackReply((BackAnswer)who, null), person, now).Next,
                6 => state.Retract(person, now).Next,
                7 => state.StandAside(by.Subject),
                8 => state.Withdraw(WithdrawalReason.NoLongerNecessary, by, now).Next,
                9 => state.Lapse(now),
                10 => state.WhyNot(person, now) is null ? state.BeginViewing(Ticket, now) : state,
                _ => state.Viewings.IsEmpty ? state : state.EndViewing(state.Viewings.Length, now),
            };
        }
        catch (RecordingClusterException fault) when (fault.Kind is ErrorKind.NotFound or ErrorKind.Conflict or ErrorKind.InvalidInput)
        {
            return state;
        }
    }

    private static AccessRequestState Approve(AccessRequestState state, Decider by, DateTimeOffset now)
    {
        if (state.Draft(Id, by, Terms, now) is not DraftOutcome.Drawn { Statement: var drawn })
        {
            return state;
        }

        state.CheckSigned(drawn, Id, by, Terms, now);
        return state.Approve(new SignedGrant(drawn, Signature), by, now).Next;
    }
}
