using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Portal;

/// <summary>Who may use which route: the running app, the approved table, and every caller over real HTTP say the same (R15).</summary>
[Collection(PortalCollection.Name)]
public sealed partial class RouteTests(PortalSilo silo)
{
    private const string Nobody = "nobody";
    private const string Anyone = "anyone";

    // What is open to anyone: health, sign-in, and the token that signing in needs. A new one is looked at here.
    private static readonly string[] OpenToAnyone = ["/antiforgery", "/demo/sign-in/{subject}", "/enrol", "/health/live", "/health/ready", "/language/{language}", "/people/enrol", "/people/enrol/options", "/people/sign-in", "/people/sign-in/options", "/regulation/public", "/regulation/public.json", "/sign-in"];

    // Changes that need nothing to be sent: each of them is seen to leave its one entry.
    private static readonly string[] Changes =
    [
        "POST /access-requests/{request}/retract", "POST /access-requests/{request}/stand-aside", "POST /deputies/appointments/{appointment}/withdraw", "POST /regulation/versions/{version}/model",
        "POST /regulation/versions/{version}/withdraw", "POST /rooms/{room}/sticker", "POST /trail/checks", "POST /trail/head",
    ];

    // What the framework maps and nothing here uses: it names nobody and stays refused.
    private static readonly string[] OpenToNobody = ["GET /_framework/opaque-redirect"];

    public static TheoryData<string, string> EveryRouteAsEveryone()
    {
        var cases = new TheoryData<string, string>();
        foreach (var caller in DemoPeople.All.Select(person => person.Caller.Subject).Append(Nobody))
        {
            foreach (var route in Table())
            {
                cases.Add(caller, route);
            }
        }

        return cases;
    }

    [Fact]
    public void The_routes_of_the_running_app_are_those_that_were_approved() => Approved.Equal("http-routes", silo.Routes);

    [Fact]
    public void Every_route_names_somebody_and_few_are_open_to_anyone()
    {
        var rules = Table().Select(line => line.Split(" : ")).ToList();

        Assert.Equal(OpenToNobody, rules.Where(rule => rule[1] is Nobody or nameof(Roles.None)).Select(rule => rule[0]));
        Assert.Equal(OpenToAnyone, rules.Where(rule => rule[1] == Anyone).Select(rule => rule[0][rule[0].IndexOf('/', StringComparison.Ordinal)..]).Distinct());
    }

    [Theory]
    [MemberData(nameof(EveryRouteAsEveryone))]
    public async Task A_route_lets_in_whom_the_table_names_and_nobody_else(string caller, string route)
    {
        var (method, path, allowed) = Read(route);
        using var client = await NewClient(caller);
        var (_, before) = silo.Refusals(0);

        using var answer = await Patiently(() => client.Send(new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : JsonContent.Create(new { }) }));

        var mayUse = allowed == Anyone || (allowed != Nobody && caller != Nobody && DemoPeople.Find(caller)!.Has(Enum.Parse<Roles>(allowed)));
        if (mayUse)
        {
            Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer.StatusCode < 500, $"{answer.StatusCode}");
        }
        else
        {
            Assert.Equal(caller == Nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        }

        // Exactly one line for a refusal, none for what the route let in: what its grain refuses then has its own name.
        var lines = silo.Refusals(before).Lines;
        var ofTheRoute = lines.Where(line => line.Contains($"| {DeedOf(route)} |", StringComparison.Ordinal));
        Assert.Equal(mayUse ? [] : [$"{ActorOf(caller)} | {DeedOf(route)} | {SubjectOf(route)} | portal | {{\"reason\":\"{(caller == Nobody ? RefusalTrail.NotSignedIn : RefusalTrail.NotAllowed)}\"}}"], ofTheRoute);
        Assert.True(mayUse || lines.Count == 1, string.Join('\n', lines));

        // A change that is let in is one deed at most, done or refused: none where what was sent is no input at all. A page changes nothing, whatever it reads.
        var deeds = silo.DeedsOf(ActorOf(caller), before);
        var isPage = Walk.PortalPages.All.Any(page => route.Split(" : ")[0].EndsWith($" {page.Route}", StringComparison.Ordinal));
        Assert.True(method == HttpMethod.Get || caller == Nobody || isPage || deeds.Count <= 1, string.Join('\n', deeds));
        Assert.True(!mayUse || caller == Nobody || !Changes.Contains(route.Split(" : ")[0]) || deeds.Count == 1, $"{answer.StatusCode}\n{string.Join('\n', deeds)}");
    }

    [Fact]
    public async Task A_browser_without_sign_in_is_led_to_it_and_with_another_role_is_refused()
    {
        using var nobody = silo.Nobody();
        using var reception = await silo.SignIn("demo-reception");

        var (_, before) = silo.Refusals(0);
        using var led = await nobody.Send(Page("/trail?from=7"));
        var (atSignIn, _) = silo.Refusals(before);
        using var refused = await reception.Send(Page("/trail?from=7"));
        var (asReception, _) = silo.Refusals(before);

        Assert.Equal(HttpStatusCode.Redirect, led.StatusCode);
        Assert.Equal("/sign-in?ReturnUrl=%2Ftrail%3Ffrom%3D7", led.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(atSignIn);
        Assert.Equal("demo-reception (Reception) | GET /trail | portal | portal | {\"reason\":\"not allowed to this caller\"}", Assert.Single(asReception));
    }

    [Fact]
    public async Task A_change_without_the_token_or_with_that_of_another_person_is_refused_on_every_route()
    {
        using var other = await silo.SignIn("demo-reception");
        foreach (var line in Table().Where(line => Read(line).Method != HttpMethod.Get))
        {
            var (method, path, allowed) = Read(line);
            var subject = DemoPeople.All.First(person => allowed == Anyone || person.Caller.Has(Enum.Parse<Roles>(allowed))).Caller.Subject;
            using var client = await silo.SignIn(subject);
            foreach (var token in new[] { null, "", "made-up", subject == "demo-reception" ? null : other.Token })
            {
                var (_, before) = silo.Refusals(0);
                using var answer = await Patiently(() => client.SendAs(
                    new HttpRequestMessage(method, path) { Content = JsonContent.Create(new { }), Headers = { { "Origin", "http://elsewhere.example" } } }, token));

                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {path} answered {answer.StatusCode}");
                Assert.EndsWith(":antiforgery", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("type").GetString(), StringComparison.Ordinal);
                var written = silo.Refusals(before).Lines.Where(entry => !entry.Contains(RefusalTrail.TooOften, StringComparison.Ordinal)); // of the tries before, where one had to wait
                Assert.Equal([$"{ActorOf(subject)} | {DeedOf(line)} | {SubjectOf(line)} | portal | {{\"reason\":\"{RefusalTrail.NotOfThePortal}\"}}"], written);
            }
        }
    }

    // All routes at once are more than one person may ask of them: then the answer says when to ask again.
    private static async Task<HttpResponseMessage> Patiently(Func<Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            var answer = await send();
            if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return answer;
            }

            using var wait = new PeriodicTimer(answer.Headers.RetryAfter!.Delta!.Value);
            await wait.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static HttpRequestMessage Page(string path) => new(HttpMethod.Get, path) { Headers = { { "Accept", "text/html,application/xhtml+xml,*/*;q=0.8" } } };

    // From a line of the table to a request that reaches the route, whatever it then answers.
    private static (HttpMethod Method, string Path, string Allowed) Read(string line)
    {
        var (route, allowed) = (line.Split(" : ")[0].Split(' '), line.Split(" : ")[1]);
        var path = Parameter().Replace(route[1], parameter => parameter.Groups[1].Value switch
        {
            "room" => "room-1",
            "recording" => $"rec_{Guid.Empty:N}",
            "request" => $"req_{Guid.Empty:N}",
            "amendment" => $"amd_{Guid.Empty:N}",
            "appointment" => $"app_{Guid.Empty:N}",
            "subject" => "demo-official",
            "id" => $"{Guid.Empty}",
            _ => "1",
        });
        return (route[0] == "ANY" ? HttpMethod.Get : new HttpMethod(route[0]), path, allowed);
    }

    private static string DeedOf(string line) => line.Split(" : ")[0];

    private static string ActorOf(string caller) => caller == Nobody ? Nobody : DemoPeople.Find(caller)!.ToString();

    private static string SubjectOf(string line) =>
        line.Contains("{request}", StringComparison.Ordinal) ? $"access-request/{Guid.Empty:N}"
        : line.Contains("{recording}", StringComparison.Ordinal) ? $"recording/{Guid.Empty:N}"
        : line.Contains("{room}", StringComparison.Ordinal) ? "room/room-1"
        : line.Contains("{id:guid}", StringComparison.Ordinal) ? $"proposal/{Guid.Empty:N}"
        : "portal";

    private async Task<PortalClient> NewClient(string caller)
    {
        if (caller != Nobody)
        {
            return await silo.SignIn(caller);
        }

        var nobody = silo.Nobody();
        await nobody.TakeToken();
        return nobody;
    }

    private static string[] Table([CallerFilePath] string caller = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(caller)!, "..", "Approved", "http-routes.txt"));

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
