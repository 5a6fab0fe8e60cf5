using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Playback;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Whoever owns the database, but not the secretary's word, opens no recording (R12).</summary>
public sealed class ForgedGrantTests
{
    private static readonly TimeRange Window = new(TestCluster.Nine, TestCluster.Nine.AddMinutes(1));

    [Fact]
    public async Task What_the_secretary_signed_is_shown()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        await cluster.Approve(request);

        var shown = await cluster.Show(request);

        Assert.Equal("fragment"u8.ToArray(), Open(cluster, shown));
    }

    [Theory]
    [InlineData("administrator-1", "administrator-2")]
    [InlineData("\"viewings\":1", "\"viewings\":9")]
    [InlineData("2026-11-23T09:01:00", "2026-11-23T09:09:00")]
    [InlineData("2026-11-24T09:10:00", "2026-11-30T09:10:00")]
    [InlineData("\"by\":\"secretary-1\"", "\"by\":\"officer-1\"")]
    public async Task A_grant_that_was_changed_in_the_database_opens_nothing(string word, string other)
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        await cluster.Approve(request);

        Change(cluster, state => state.Replace(word, other, StringComparison.Ordinal));
        await cluster.Restart(away: TimeSpan.Zero);

        await Denied(cluster, request);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_grant_that_was_written_into_the_database_with_no_signature_or_with_that_of_another_grant_opens_nothing(bool copied)
    {
        await using var cluster = await TestCluster.Start();
        var (asked, approved) = (await Ask(cluster), await Ask(cluster));
        await cluster.Approve(approved);
        var signed = States(cluster).Single(state => state.Contains("signedGrant", StringComparison.Ordinal));

        var forged = copied ? signed : Regex.Replace(signed, "\"signature\":\\[[^]]*\\]", "\"signature\":[]");

        Change(cluster, state => state == signed ? state : forged);
        await cluster.Restart(away: TimeSpan.Zero);

        await Denied(cluster, asked);
    }

    [Theory]
    [InlineData("\"until\":\"2026-11-23\"", "\"until\":\"2026-11-23\"", true)]
    [InlineData("\"until\":\"2026-11-23\"", "\"until\":\"2026-11-30\"", false)]
    [InlineData("\"appointment\":{", "\"forgotten\":{", false)]
    public async Task What_a_deputy_granted_is_shown_by_the_appointment_that_the_secretary_signed_and_by_no_other(string word, string other, bool opens)
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        await cluster.Appoint(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23));
        await cluster.Approve(request, TestCluster.Deputy);
        Assert.Contains(States(cluster), state => state.Contains(word, StringComparison.Ordinal));

        Change(cluster, state => state.Replace(word, other, StringComparison.Ordinal));
        await cluster.Restart(away: TimeSpan.Zero);

        if (opens)
        {
            Assert.Equal("fragment"u8.ToArray(), Open(cluster, await cluster.Show(request)));
        }
        else
        {
            await Denied(cluster, request);
        }
    }

    [Fact]
    public async Task Approving_takes_the_callers_own_signature_under_what_was_asked_and_nothing_wider()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        using var _ = TestCluster.As(TestCluster.Secretary);
        var drawn = Assert.IsType<DraftOutcome.Drawn>(await request.Draft()).Statement;
        var grant = drawn.Grant;
        SignedGrant[] wider =
        [
            .. new[]
            {
                drawn with { Request = AccessRequestId.New() },
                drawn with { Recording = RecordingId.New() },
                drawn with { Grant = grant with { Person = TestCluster.Secretary.Subject } },
                drawn with { Grant = grant with { Window = new TimeRange(Window.From, Window.Until.AddTicks(1)) } },
                drawn with { Grant = grant with { Viewings = 2 } },
                drawn with { Grant = grant with { ValidUntil = grant.ValidUntil.AddTicks(1) } },
                drawn with { Grant = grant with { At = grant.At.AddMinutes(-6) } },
                drawn with { Grant = grant with { By = TestCluster.Officer.Subject } },
            }.Select(cluster.Sign),
        ];

        Assert.All(await Task.WhenAll(wider.Select(signed => Fault(() => request.Approve(signed)))), kind => Assert.Equal(ErrorKind.Conflict, kind));
        Assert.Equal(ErrorKind.Denied, await Fault(() => request.Approve(new SignedGrant(drawn, cluster.Passkey.Sign(TestCluster.Officer.Subject, drawn.ToChallenge())))));
        Assert.Equal(ErrorKind.Denied, await Fault(() => request.Approve(new SignedGrant(drawn, cluster.Passkey.Sign(TestCluster.Secretary.Subject, new byte[32])))));
        Assert.Null((await request.Read()).Decision);

        var narrower = new TimeRange(Window.From, Window.From.AddSeconds(30));
        var decision = await cluster.Approve(request, narrow: statement => statement with { Grant = statement.Grant with { Window = narrower } });
        Assert.Equal(narrower, Assert.IsType<Decision.Approved>(decision).Grant.Window);
    }

    [Fact]
    public async Task Who_is_no_secretary_signs_in_vain_even_with_a_passkey()
    {
        await using var cluster = await TestCluster.Start();
        var request = await Ask(cluster);
        var officer = new Caller(TestCluster.Officer.Subject, Roles.Secretary); // as a portal with a mistake in it would say

        var refused = await Assert.ThrowsAsync<RecordingClusterException>(() => cluster.Approve(request, officer));

        Assert.Equal(ErrorKind.Denied, refused.Kind);
        Assert.Contains("no secretary", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<IAccessRequestGrain> Ask(TestCluster cluster)
    {
        var recording = await cluster.Record();
        var request = cluster.Client.AccessRequest(AccessRequestId.New());
        using var _ = TestCluster.As(TestCluster.Administrator);
        var view = await cluster.Client.Recording(recording).Read();
        var from = view.StartedAt!.Value;
        Assert.IsType<AskOutcome.Asked>(await request.Ask(new AccessQuestion(recording, new TimeRange(from, from.AddMinutes(1)), Purpose.ReportToPolice, new CaseReference("case-1"))));
        return request;
    }

    private static byte[] Open(TestCluster cluster, Shown? shown) =>
        new ViewingSource(cluster.Vault).Read(shown!.Parts[0].Id, shown.Parts[0].Fragments[0].Number, shown.Permit).Fragment;

    private static async Task Denied(TestCluster cluster, IAccessRequestGrain request) => Assert.Equal(ErrorKind.Denied, await Fault(() => cluster.Show(request)));

    private static async Task<ErrorKind?> Fault(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RecordingClusterException fault)
        {
            return fault.Kind;
        }
    }

    private static string[] States(TestCluster cluster) =>
        cluster.Database.Look($"SELECT {Payload(cluster)} FROM OrleansStorage WHERE GrainTypeString LIKE '%access-request%'").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // What the owner of the database does, in SQL.
    private static void Change(TestCluster cluster, Func<string, string> change)
    {
        foreach (var state in States(cluster).Where(state => change(state) != state))
        {
            cluster.Database.Look($"UPDATE OrleansStorage SET PayloadBinary = {cluster.Database.Bytes(Quoted(change(state)))} WHERE {Payload(cluster)} = {Quoted(state)}");
            Assert.Contains(change(state), States(cluster));
        }
    }

    private static string Payload(TestCluster cluster) => cluster.Database.Text("PayloadBinary");

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
