using System.Net;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>A viewing over HTTP, of a real camera's recording, from which the grant is taken away (R13).</summary>
[Collection(PortalCollection.Name)]
public sealed class WithdrawalRouteTests(PortalSilo silo)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_viewing_hears_within_a_second_that_its_grant_was_withdrawn_and_gets_nothing_more()
    {
        using var administrator = await silo.SignIn("demo-administrator");
        using var secretary = await silo.SignIn("demo-secretary");
        using var deputy = await silo.SignIn("demo-deputy");
        var request = await RecordAndAsk(administrator);
        var notToday = await deputy.Approve(request);
        await Appoint(secretary);
        var approved = await deputy.Approve(request);
        var begun = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        var playlist = new Uri(silo.Address, begun.Body.GetProperty("playlist").GetString());
        var viewing = playlist.AbsolutePath[..playlist.AbsolutePath.LastIndexOf('/')];
        var fragment = new Uri(playlist, Encoding.UTF8.GetString(await administrator.Download(playlist)).Split('\n').First(line => line.EndsWith(".m4s", StringComparison.Ordinal))).AbsolutePath;
        var goesOn = await administrator.Ask(HttpMethod.Get, viewing);
        using var served = await administrator.Send(HttpMethod.Get, fragment);

        var clock = TimeProvider.System.GetTimestamp();
        var withdrawn = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/withdraw", new { reason = "suspectedMisuse" });
        var over = await administrator.Ask(HttpMethod.Get, viewing);
        var heardAfter = TimeProvider.System.GetElapsedTime(clock);
        var refused = await administrator.Ask(HttpMethod.Get, fragment);
        var read = await administrator.Ask(HttpMethod.Get, $"/access-requests/{request}");

        Assert.Equal((HttpStatusCode.Forbidden, "deputy-not-today"), (notToday.Status, Kind(notToday.Body)));
        Assert.Equal("demo-deputy", approved.Body.GetProperty("by").GetString());
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (goesOn.Status, served.StatusCode));
        Assert.Equal("no-store", served.Headers.CacheControl!.ToString());
        Assert.Equal("withdrawn", withdrawn.Body.GetProperty("kind").GetString());
        Assert.All([over, refused], answer => Assert.Equal((HttpStatusCode.Gone, "viewing-over", "withdrawn"), (answer.Status, Kind(answer.Body), answer.Body.GetProperty("why").GetString())));
        Assert.True(heardAfter < TimeSpan.FromSeconds(1), $"It took {heardAfter}.");
        Assert.Equal("suspectedMisuse", read.Body.GetProperty("decision").GetProperty("withdrawal").GetString());
        Assert.NotEmpty(read.Body.GetProperty("viewings")[0].GetProperty("watched").EnumerateArray());
    }

    [Fact]
    public async Task A_request_is_asked_back_about_answered_narrower_and_taken_back()
    {
        using var administrator = await silo.SignIn("demo-administrator");
        using var secretary = await silo.SignIn("demo-secretary");
        var request = await RecordAndAsk(administrator);
        var window = (await administrator.Ask(HttpMethod.Get, $"/access-requests/{request}")).Body.GetProperty("window");
        var narrower = new { from = window.GetProperty("from").GetDateTimeOffset(), until = window.GetProperty("from").GetDateTimeOffset().AddSeconds(1) };

        var early = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/answer", new { answer = "pending" });
        var put = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/ask-back", new { question = "whichMinutes" });
        var second = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/ask-back", new { question = "casePending" });
        var wrong = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/answer", new { answer = "pending" });
        var answered = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/answer", new { answer = "narrower", window = narrower });
        var enough = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/ask-back", new { question = "whichMinutes" });
        var aside = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/stand-aside");
        var notBySecretary = await secretary.Ask(HttpMethod.Get, $"/access-requests/{request}/draft");
        var nothing = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/withdraw", new { reason = "objection" });
        var retracted = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/retract");
        var own = (await administrator.Ask(HttpMethod.Get, "/access-requests/own")).Body.EnumerateArray().Single(one => one.GetProperty("id").GetString() == request);

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent], new[] { put.Status, answered.Status, aside.Status });
        Assert.Equal(["no-question", "question-waiting", "invalid-input", "asked-enough", "stood-aside", "no-grant"], new[] { early, second, wrong, enough, notBySecretary, nothing }.Select(answer => Kind(answer.Body)));
        Assert.Equal("retracted", retracted.Body.GetProperty("kind").GetString());
        Assert.Equal(narrower.until, own.GetProperty("window").GetProperty("until").GetDateTimeOffset());
        Assert.InRange(own.GetProperty("secondsLeft").GetDouble(), 13 * 86400, 14 * 86400);
        Assert.Equal(("narrower", "whichMinutes"), (own.GetProperty("exchanges")[0].GetProperty("answer").GetString(), own.GetProperty("exchanges")[0].GetProperty("question").GetString()));
    }

    private static async Task Appoint(PortalClient secretary)
    {
        var today = Grains.LocalTime.Today(TimeProvider.System);
        var draft = await secretary.Ask(HttpMethod.Post, "/deputies/appointments/draft", new { deputy = "demo-deputy", from = today, until = today.AddDays(1) });
        var appointed = await secretary.Ask(HttpMethod.Post, "/deputies/appointments", new { appointment = draft.Body.GetProperty("appointment") });
        Assert.Equal((HttpStatusCode.OK, "demo-deputy"), (appointed.Status, appointed.Body.GetProperty("deputy").GetString()));
    }

    private async Task<string> RecordAndAsk(PortalClient administrator)
    {
        using var official = await silo.SignIn("demo-official");
        var (reference, request, now) = ($"withdrawal-{Guid.NewGuid()}", AccessRequestId.New().ToString(), TimeProvider.System.GetUtcNow());
        await official.Ask(HttpMethod.Post, "/rooms/room-1/sticker");
        await official.Ask(HttpMethod.Post, "/bookings", new { reference, time = new { from = now, until = now.AddHours(1) }, assessment = new { risk = "raised", grounds = new[] { "threat" }, weighed = new[] { "noneSuffices" } } });
        await official.Ask(HttpMethod.Post, "/bookings/letter", new { reference, sentOn = "2026-11-01", textVersion = "model-1", language = "dutch" });
        var started = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" });
        Assert.Equal(HttpStatusCode.OK, started.Status);
        var recording = started.Body.GetProperty("recording").GetString()!;
        await SiloProcess.Until(async () => Parts(await administrator.Ask(HttpMethod.Get, $"/recordings/{recording}")).Any(part => part.GetProperty("fragments").GetInt32() >= 2), Soon, () => "No two fragments came.");
        await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference });
        var span = Parts(await administrator.Ask(HttpMethod.Get, $"/recordings/{recording}")).First().GetProperty("span");
        Assert.Equal(HttpStatusCode.OK, (await administrator.Ask(HttpMethod.Put, $"/access-requests/{request}", new { recording, window = span, purpose = "complaint", @case = "case-1" })).Status);
        return request;
    }

    private static JsonElement.ArrayEnumerator Parts((HttpStatusCode Status, JsonElement Body) recording) => recording.Body.GetProperty("parts").EnumerateArray();

    private static string Kind(JsonElement problem) => problem.GetProperty("type").GetString()!.Split(':')[^1];
}
