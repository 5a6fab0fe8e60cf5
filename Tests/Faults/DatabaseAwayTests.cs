using System.Net;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.PostgreSql;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>PostgreSQL goes away while a talk is recorded: recording goes on, a talk is stopped and started, all else is refused at once, and nothing is lost.</summary>
public sealed class DatabaseAwayTests
{
    private static readonly TimeSpan FewSeconds = TimeSpan.FromSeconds(6);

    // A fragment is 2 s.
    private static readonly int Fragments = LongForm.Times(4, 60);

    [Fact]
    public async Task A_recording_goes_on_in_the_same_part_while_the_database_is_killed_and_started_again()
    {
        await using var away = await AwayDatabase.Start();
        var (booking, outcome) = await away.Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await away.Grows(recording, 2);

        await away.Server.Kill();
        await away.Grows(recording, Fragments);
        await away.Silo.Says("does not answer");
        away.Server.ComeBack();
        await away.IsBack();
        await away.Grows(recording, 2);
        await away.Silo.StopTalk(booking);

        var part = Assert.Single(await CheckWhole(away, recording));
        Assert.Equal(1, part.Id.Epoch);
        Assert.Contains("database-was-away", await Trail(away), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_needs_the_database_is_refused_within_seconds_and_says_what_to_do()
    {
        await using var away = await AwayDatabase.Start();
        var (_, outcome) = await away.Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        using var official = await away.Silo.SignIn("demo-official");
        using var nobody = new PortalClient(away.Silo.Portal, away.Silo.Certificates);
        await nobody.TakeToken();
        Assert.Equal(HttpStatusCode.OK, (await official.Send(HttpMethod.Get, "/")).StatusCode);

        away.Wire.IsCut = true; // nobody is told: the first that asks finds out
        var first = await Answer(() => nobody.Ask(HttpMethod.Post, "/people/sign-in/options"));
        await away.Silo.Says("does not answer");
        var looked = await Assert.ThrowsAsync<DatabaseAwayException>(() => away.Silo.Read(recording).WaitAsync(FewSeconds, TestContext.Current.CancellationToken));
        var signIn = await Answer(() => nobody.Ask(HttpMethod.Post, "/demo/sign-in/demo-official"));
        var decided = await Answer(() => official.Ask(HttpMethod.Get, "/access-requests"));
        using var page = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Accept", "text/html" } } };
        using var shown = await nobody.Send(page).WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        using var today = await official.Send(HttpMethod.Get, "/").WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        using var health = await official.Send(HttpMethod.Get, "/health/ready").WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        away.Wire.IsCut = false;
        await away.IsBack();

        Assert.All([signIn, decided], answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:recording-cluster:problem:database-away"), answer));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, shown.StatusCode);
        Assert.Contains("antwoordt niet", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, today.StatusCode);
        Assert.Contains("does not answer", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Try again when the database is back", looked.Message, StringComparison.Ordinal);
        Assert.Contains(first.Status, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
        Assert.Equal(HttpStatusCode.OK, (await official.Send(HttpMethod.Get, "/")).StatusCode);
    }

    [Fact]
    public async Task A_stop_while_it_is_away_stops_the_recording_and_outlives_a_kill_of_the_silo_and_is_entered_late_with_its_time()
    {
        await using var away = await AwayDatabase.Start();
        var (booking, outcome) = await away.Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        using var official = await away.Silo.SignIn("demo-official");
        await official.Send(HttpMethod.Get, "/");
        await away.Grows(recording, 2);

        await away.Server.Kill();
        var stopped = await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference = booking.Value }).WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        var at = stopped.Body.GetProperty("at").GetDateTimeOffset();
        var recorders = away.Silo.Recorders().Count;
        await away.Silo.Kill();
        away.Server.ComeBack();
        await away.Silo.ComeBack();
        await SiloProcess.Until(async () => (await away.Read(recording)).Stage == RecordingStage.Sealed, AwayDatabase.Soon, () => away.Silo.Log);
        using var moment = new PeriodicTimer(TimeSpan.FromSeconds(LongForm.Times(6, 60))); // those who see to it that talks are recorded have looked
        await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        var view = await away.Silo.Read(recording);
        Assert.Equal((HttpStatusCode.OK, 0), (stopped.Status, recorders));
        Assert.Equal((RecordingStage.Sealed, at), (view.Stage, view.EndedAt));
        Assert.Single(await CheckWhole(away, recording));
        Assert.Empty(away.Silo.Recorders());
        var entry = Assert.Single((await Trail(away)).Split('\n'), line => line.Contains("\"booking/stop\"", StringComparison.Ordinal));
        Assert.Contains("late", entry, StringComparison.Ordinal);
        Assert.Contains("demo-official", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_talk_that_was_booked_before_is_started_while_it_is_away_and_its_recording_is_whole()
    {
        await using var away = await AwayDatabase.Start();
        var (earlier, _) = await away.Silo.StartTalk();
        await away.Silo.StopTalk(earlier);
        var booking = await away.Silo.BookTalk();

        await away.Server.Kill();
        var begun = TimeProvider.System.GetUtcNow();
        var outcome = await away.Silo.StartAgain(booking).WaitAsync(AwayDatabase.Soon, TestContext.Current.CancellationToken);
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await away.Grows(recording, Fragments);
        away.Server.ComeBack();
        await away.IsBack();
        await away.Grows(recording, 2);
        await away.Silo.StopTalk(booking);

        var view = await away.Read(recording);
        Assert.Single(await CheckWhole(away, recording));
        Assert.InRange(view.StartedAt!.Value, begun, begun.AddSeconds(5));
        Assert.Equal(view.StartedAt.Value.AddDays(14), view.ExpiresAt);
        Assert.Contains((await Trail(away)).Split('\n'), line => line.Contains("\"booking/start\"", StringComparison.Ordinal) && line.Contains("late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_that_takes_2_s_to_answer_holds_up_neither_a_stop_nor_a_recording()
    {
        await using var away = await AwayDatabase.Start();
        var (booking, outcome) = await away.Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await away.Grows(recording, 1);

        away.Wire.Delay = TimeSpan.FromSeconds(2);
        await away.Grows(recording, Fragments);
        await away.Silo.Says("does not answer");
        await away.Silo.StopTalk(booking).WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        var recorders = away.Silo.Recorders().Count;
        away.Wire.Delay = TimeSpan.Zero;
        await away.IsBack();

        Assert.Equal(0, recorders);
        Assert.Single(await CheckWhole(away, recording));
    }

    [Fact]
    public async Task A_stop_holds_though_the_silo_that_did_it_dies_since_each_silo_keeps_it()
    {
        await using var server = PostgreSqlServer.Start();
        await using var two = await TwoSilos.Start(server: server);
        var (booking, recording) = await two.StartTalk();
        var recorder = two.Of((await two.Last(two.First, recording, 2)).Vault);
        var left = two.Other(recorder);

        await server.Kill();
        await two.First.StopTalk(booking).WaitAsync(AwayDatabase.Soon, TestContext.Current.CancellationToken);
        var recorders = two.Recorders().Count;
        await recorder.Kill();
        server.ComeBack();
        await left.Says("The database is back", AwayDatabase.Soon);
        await SiloProcess.Until(async () => await StageOf(left, recording) == RecordingStage.Sealed, AwayDatabase.Soon, () => two.Logs);
        using var moment = new PeriodicTimer(TimeSpan.FromSeconds(LongForm.Times(6, 60))); // those who see to it that talks are recorded have looked
        await moment.WaitForNextTickAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (recorders, two.Recorders().Count));
        Assert.Equal(1, two.MostRecorders);
        Assert.True(await TwoSilos.HasOneChain(left));
    }

    [Fact]
    public async Task A_database_whose_disk_is_full_costs_nothing_of_the_recording_and_is_back_by_itself_when_there_is_room()
    {
        if (SmallDisk.WhyNot() is { } reason)
        {
            Assert.Skip(reason);
        }

        using var folder = new TemporaryFolder();
        await using var disk = await SmallDisk.Mount(folder.Path, 200);
        await using var away = await AwayDatabase.Start(PostgreSqlServer.StartIn(folder.Path));
        var (booking, outcome) = await away.Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        using (disk.Fill())
        {
            await SiloProcess.Until(() => IsRefused(away.Silo), AwayDatabase.Soon, () => $"It still takes everything.\n{away.Silo.Log}");
            await away.Grows(recording, Fragments);
            await away.Silo.StopTalk(booking).WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
            Assert.Empty(away.Silo.Recorders());
        }

        if (!away.Server.IsRunning)
        {
            away.Server.ComeBack(); // it ends by itself when even its journal does not fit
        }

        await away.IsBack();

        Assert.Single(await CheckWhole(away, recording));
    }

    [Fact]
    public async Task A_silo_that_starts_while_the_database_is_away_waits_for_it_and_says_so()
    {
        await using var away = await AwayDatabase.Start();
        await away.Silo.Kill();
        await away.Server.Kill();

        var starting = away.Silo.ComeBack();
        await away.Silo.Says("the start waits until it does");
        away.Server.ComeBack();
        await starting;

        Assert.IsType<StartOutcome.Started>((await away.Silo.StartTalk()).Outcome);
    }

    // What was recorded is there and plays; one chain tells of it.
    private static async Task<IReadOnlyList<Part>> CheckWhole(AwayDatabase away, RecordingId recording)
    {
        await SiloProcess.Until(async () => (await away.Read(recording)).Stage == RecordingStage.Sealed, AwayDatabase.Soon, () => away.Silo.Log);
        var view = await away.Read(recording);
        var whole = await Viewer.Play(away.Silo, recording, new TimeRange(view.Parts[0].Span.From, view.Parts[^1].Span.Until));
        Assert.Equal(view.Parts.Sum(part => part.VideoFrames), (await Viewer.Decode(whole)).Frames);
        Assert.True(await TwoSilos.HasOneChain(away.Silo));
        return view.Parts;
    }

    // Each call has two entries in the trail, until the disk takes no more.
    private static async Task<bool> IsRefused(SiloProcess silo)
    {
        using var _ = SiloProcess.As(new Caller("official-1", Roles.Official));
        try
        {
            for (var i = 0; i < 100; i++)
            {
                await silo.Client.Room(SiloProcess.Room).CheckSticker();
            }

            return false;
        }
        catch (DatabaseAwayException)
        {
            return true;
        }
    }

    // Of a grain that lived on a silo that is gone, until the others know.
    private static async Task<RecordingStage?> StageOf(SiloProcess silo, RecordingId recording)
    {
        try
        {
            return (await silo.Read(recording).WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).Stage;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException or RecordingClusterException)
        {
            return null;
        }
    }

    private static async Task<string> Trail(AwayDatabase away)
    {
        using var officer = await away.Silo.SignIn("demo-officer");
        return System.Text.Encoding.UTF8.GetString(await officer.Download(new Uri(away.Silo.Portal, "/trail/export?format=json-lines")));
    }

    private static async Task<(HttpStatusCode Status, string? Type)> Answer(Func<Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)>> ask)
    {
        var (status, body) = await ask().WaitAsync(FewSeconds, TestContext.Current.CancellationToken);
        return (status, body.ValueKind == System.Text.Json.JsonValueKind.Object && body.TryGetProperty("type", out var type) ? type.GetString() : null);
    }
}
