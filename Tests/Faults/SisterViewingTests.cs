using System.Net;
using System.Text;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Tests.Portal;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A recording whose parts are on two servers, looked at through the portal of one.</summary>
public sealed class SisterViewingTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_viewing_crosses_the_parts_of_two_servers_and_what_is_on_one_that_is_away_is_shown_as_not_reachable_now()
    {
        await using var two = await TwoSilos.Start();
        var (_, recording, killed, left) = await two.RecordOnBoth();
        await killed.ComeBack();
        await SiloProcess.Until(async () => (await left.Read(recording)).Parts.All(part => part.State != PartState.Open), Soon, () => two.Logs);
        var parts = (await left.Read(recording)).Parts;
        var whole = new TimeRange(parts[0].Span.From, parts[^1].Span.Until);

        var frames = new[] { await Frames(two, left, recording, whole), await Frames(two, killed, recording, whole) };
        using var player = await left.SignIn(Viewer.Administrator.Subject);
        var playlist = await Viewer.BeginViewing(left, player, recording, whole);
        var before = await Text(player, left, playlist);
        await killed.Stop();
        await SiloProcess.Until(async () => (await Text(player, left, playlist)).Contains(Playlist.Away, StringComparison.Ordinal), Soon, () => two.Logs);
        var meanwhile = await Text(player, left, playlist);
        var fragment = await player.Ask(HttpMethod.Get, new Uri(new Uri(left.Portal, playlist), $"parts/{parts[0].Id.Epoch}-1/fragments/1.m4s").PathAndQuery);
        var told = await player.Ask(HttpMethod.Get, $"/recordings/{recording}");
        var pages = new[] { await Page(player, "/find"), await Page(player, $"/find/{recording}"), await Page(player, $"/my-requests/{await RequestOf(two, left)}") };
        using var operators = await left.SignIn("demo-operator");
        var health = await Page(operators, "/operating");
        await killed.ComeBack();
        await SiloProcess.Until(async () => await Text(player, left, playlist) == before, Soon, () => two.Logs);
        var back = await Page(player, $"/find/{recording}");
        var well = await Page(operators, "/operating");

        Assert.Equal([killed.Name, left.Name], parts.Select(part => part.Vault));
        Assert.All(frames, seen => Assert.Equal(parts.Sum(part => part.VideoFrames), seen));
        Assert.Equal((parts.Sum(part => part.Fragments), parts[1].Fragments), (Fragments(before), Fragments(meanwhile)));
        Assert.Contains($"ID=\"{parts[0].Id.Epoch}-1\",CLASS=\"{Playlist.Away}\"", meanwhile, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, fragment.Status);
        Assert.Contains("not lost", fragment.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["een deel is nu niet bereikbaar, niet verloren", "Het is niet verloren", "Het is niet verloren"], pages.Select(page => Says(page, "een deel is nu niet bereikbaar, niet verloren") ?? Says(page, "Het is niet verloren")));
        Assert.Contains("; nu niet bereikbaar van", pages[1], StringComparison.Ordinal); // to a screen reader too
        Assert.Null(Says(back, "niet verloren"));
        Assert.Equal((true, true), (health.Contains($"Controles van {killed.Name}", StringComparison.Ordinal), health.Contains("Deze server is weg", StringComparison.Ordinal)));
        Assert.Equal((true, false), (well.Contains($"Controles van {killed.Name}", StringComparison.Ordinal), well.Contains("Deze server is weg", StringComparison.Ordinal)));
        Assert.Equal(2, well.Split("Alles waarvan de termijn voorbij is, is vernietigd.").Length - 1); // as each says of its own vault
        Assert.Equal([false, true], told.Body.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("isReachable").GetBoolean()));
    }

    [Fact]
    public async Task Bytes_leave_a_silo_for_a_silo_alone_by_a_ticket_that_is_used_once_and_by_the_secretarys_word_alone()
    {
        await using var two = await TwoSilos.Start();
        var (booking, recording) = await two.StartTalk();
        var from = two.Of((await two.Last(two.First, recording, 3)).Vault);
        await two.First.StopTalk(booking);
        var part = (await two.First.Read(recording)).Parts.Single();
        using var player = await from.SignIn(Viewer.Administrator.Subject);
        await Viewer.BeginViewing(from, player, recording, part.Span);
        var use = await UseOf(two);
        var vault = two.First.Client.Vault(from.Name);

        PartTicket ticket;
        ErrorKind? forOther, forMore, byOther;
        using (SiloProcess.As(Caller.Silo))
        {
            ticket = await vault.Admit(part.Id, 1, use);
            forOther = await Fault(() => vault.Look(part, use with { Person = "administrator-2" }));
            forMore = await Fault(() => vault.Admit(part.Id, 1, use with { Grant = use.Grant with { Statement = use.Grant.Statement with { Grant = use.Grant.Statement.Grant with { Viewings = 9 } } } }));
        }

        using (SiloProcess.As(Viewer.Administrator))
        {
            byOther = await Fault(() => vault.Admit(part.Id, 1, use));
        }

        var (first, again, without, nobody) = (await SisterDoor.Knock(two, from, "silo-1", ticket), await SisterDoor.Knock(two, from, "silo-1", ticket), await SisterDoor.Knock(two, from, "silo-1", null), await SisterDoor.Knock(two, from, null, ticket));
        var client = await SisterDoor.Knock(two, from, "room-booking", ticket);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (first, again, without));
        Assert.Equal(((HttpStatusCode?)null, (HttpStatusCode?)null), (nobody, client)); // no byte was answered
        Assert.Equal((ErrorKind.Denied, ErrorKind.Denied, ErrorKind.Denied), (forOther, forMore, byOther));
    }

    private static string? Says(string page, string sentence) => page.Contains(sentence, StringComparison.Ordinal) ? sentence : null;

    private static async Task<string> Page(PortalClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using var answer = await client.Send(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<AccessRequestId> RequestOf(TwoSilos two, SiloProcess asked)
    {
        using var _ = SiloProcess.As(new Caller("officer-1", Roles.DataProtectionOfficer));
        return (await asked.Client.TownHall(new("town-hall")).Requests()).First(request => request.AskedBy == Viewer.Administrator.Subject).Id;
    }

    private static async Task<long> Frames(TwoSilos two, SiloProcess through, RecordingId recording, TimeRange window)
    {
        try
        {
            return (await Viewer.Decode(await Viewer.Play(through, recording, window))).Frames;
        }
        catch (HttpRequestException fault)
        {
            throw new InvalidOperationException($"It does not play through {through.Name}.\n{two.Logs}", fault);
        }
    }

    private static async Task<GrantUse> UseOf(TwoSilos two)
    {
        using var _ = SiloProcess.As(new Caller("officer-1", Roles.DataProtectionOfficer));
        var request = (await two.First.Client.TownHall(new("town-hall")).Requests()).Single().Id;
        var view = await two.First.Client.AccessRequest(request).Read();
        return new GrantUse(((Decision.Approved)view.Decision!).SignedGrant, request, Viewer.Administrator.Subject);
    }

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

    private static async Task<string> Text(PortalClient player, SiloProcess silo, string playlist) => Encoding.UTF8.GetString(await player.Download(new Uri(silo.Portal, playlist)));

    private static int Fragments(string playlist) => playlist.Split('\n').Count(line => line.EndsWith(".m4s", StringComparison.Ordinal));
}
