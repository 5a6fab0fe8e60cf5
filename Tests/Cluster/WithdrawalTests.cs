using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>What is asked back and answered, what is taken back, and by whom.</summary>
public sealed class WithdrawalTests
{
    private static readonly ViewingTicket Ticket = ViewingTicket.Of("a ticket"u8);
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(4));

    public static TheoryData<string, Roles> WhoMayWithdraw => new()
    {
        { TestCluster.Secretary.Subject, Roles.Secretary },
        { TestCluster.Deputy.Subject, Roles.Deputy },
        { TestCluster.Officer.Subject, Roles.DataProtectionOfficer },
    };

    [Theory]
    [MemberData(nameof(WhoMayWithdraw))]
    public async Task A_grant_that_is_withdrawn_ends_the_viewing_that_goes_on_and_says_so(string subject, Roles role)
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        await cluster.Approve(request);
        await cluster.Appoint(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23));
        using var _ = TestCluster.As(TestCluster.Administrator);
        await request.BeginViewing(Ticket);
        await request.Serve(1, Ticket, Window);

        using (TestCluster.As(new Caller(subject, role)))
        {
            var withdrawn = Assert.IsType<WithdrawOutcome.Done>(await request.Withdraw(WithdrawalReason.SuspectedMisuse)).Decision;
            var again = Assert.IsType<WithdrawOutcome.Done>(await request.Withdraw(WithdrawalReason.Objection)).Decision;
            Assert.Equal((WithdrawalReason.SuspectedMisuse, subject), (withdrawn.Reason, withdrawn.By));
            Assert.Equal(withdrawn, again);
        }

        Assert.Equal(ViewingRefusal.Withdrawn, await request.Check(1, Ticket));
        Assert.Equal(ViewingRefusal.Withdrawn, await request.Serve(1, Ticket, Window));
        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.Withdrawn), await request.BeginViewing(Ticket));
        var viewing = (await request.Read()).Viewings.Single();
        Assert.Equal((cluster.Clock.GetUtcNow(), Window), (viewing.EndedAt!.Value, viewing.Watched.Single()));
        Assert.IsType<Decision.Withdrawn>(await cluster.Approve(request)); // it does not come back: who wants to look asks anew
    }

    [Fact]
    public async Task A_deputy_withdraws_on_the_days_of_the_appointment_alone_and_nobody_what_was_not_granted()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        using (TestCluster.As(TestCluster.Deputy))
        {
            Assert.IsType<WithdrawOutcome.NotToday>(await request.Withdraw(WithdrawalReason.GivenInError));
        }

        using var _ = TestCluster.As(TestCluster.Secretary);
        Assert.IsType<WithdrawOutcome.NoGrant>(await request.Withdraw(WithdrawalReason.GivenInError));
        Assert.Equal(ErrorKind.InvalidInput, (await Assert.ThrowsAsync<RecordingClusterException>(() => request.Withdraw((WithdrawalReason)99))).Kind);
    }

    [Fact]
    public async Task A_question_is_asked_back_once_and_a_narrower_answer_is_what_is_granted()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        var narrower = new TimeRange(Window.From, Window.From.AddMinutes(1));

        using (TestCluster.As(TestCluster.Administrator))
        {
            Assert.IsType<AnswerOutcome.NothingAsked>(await request.Answer(new BackReply(BackAnswer.Pending, null)));
        }

        using (TestCluster.As(TestCluster.Secretary))
        {
            Assert.IsType<AskBackOutcome.Put>(await request.AskBack(BackQuestion.WhichMinutes));
            Assert.IsType<AskBackOutcome.Put>(await request.AskBack(BackQuestion.WhichMinutes));
            Assert.Equal(new AskBackOutcome.Waiting(BackQuestion.WhichMinutes), await request.AskBack(BackQuestion.CasePending));
        }

        using (TestCluster.As(TestCluster.Administrator))
        {
            foreach (var wrong in new[]
            {
                new BackReply(BackAnswer.Pending, null), new(BackAnswer.Narrower, null), new(BackAnswer.AllNeeded, narrower),
                new(BackAnswer.Narrower, Window with { Until = Window.Until.AddTicks(1) }), new(BackAnswer.Narrower, new TimeRange(Window.Until, Window.From)),
            })
            {
                Assert.Equal(ErrorKind.InvalidInput, (await Assert.ThrowsAsync<RecordingClusterException>(() => request.Answer(wrong))).Kind);
            }

            Assert.IsType<AnswerOutcome.Answered>(await request.Answer(new BackReply(BackAnswer.Narrower, narrower)));
            Assert.IsType<AnswerOutcome.Answered>(await request.Answer(new BackReply(BackAnswer.Narrower, narrower)));
        }

        using (TestCluster.As(TestCluster.Secretary))
        {
            Assert.IsType<AskBackOutcome.Enough>(await request.AskBack(BackQuestion.WhichMinutes));
            Assert.Equal((Window, narrower), ((await request.Read()).Question.Window, (await request.Read()).Window));
            Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<RecordingClusterException>(
                () => cluster.Approve(request, narrow: statement => statement with { Grant = statement.Grant with { Window = Window } }))).Kind);
        }

        Assert.Equal(narrower, Assert.IsType<Decision.Approved>(await cluster.Approve(request)).Grant.Window);
        using var _ = TestCluster.As(TestCluster.Secretary);
        Assert.IsType<AskBackOutcome.Closed>(await request.AskBack(BackQuestion.OtherMeans));
    }

    [Fact]
    public async Task Who_asked_takes_the_request_back_and_nobody_else_does()
    {
        await using var cluster = await TestCluster.Start();
        var (request, decided) = (await Ask(cluster), await Ask(cluster));
        await cluster.Approve(decided);
        using (TestCluster.As(new Caller("administrator-2", Roles.CameraAdministrator)))
        {
            Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<RecordingClusterException>(request.Retract)).Kind);
        }

        using var _ = TestCluster.As(TestCluster.Administrator);
        var taken = await request.Retract();
        var again = await request.Retract();

        Assert.Equal(Assert.IsType<Decision.Retracted>(taken), again);
        Assert.IsType<Decision.Approved>(await decided.Retract());
        Assert.Equal(new BeginViewingOutcome.NoGrant(ViewingRefusal.Retracted), await request.BeginViewing(Ticket));
        Assert.IsType<Decision.Retracted>(await cluster.Approve(request));
    }

    private static async Task<IAccessRequestGrain> Ask(TestCluster cluster)
    {
        var recording = await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using var _ = TestCluster.As(TestCluster.Administrator);
        var view = await cluster.Client.Recording(recording).Read();
        var question = new AccessQuestion(recording, view.StartedAt == Window.From ? Window : new TimeRange(view.StartedAt!.Value, view.StartedAt.Value.AddMinutes(4)), Purpose.ReportToPolice, new CaseReference("case-1"));
        Assert.IsType<AskOutcome.Asked>(await request.Ask(question));
        return request;
    }
}
