using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Portal;

/// <summary>Hostile requests over real HTTP: each is refused with a status of the caller's fault, soon, and nothing grows.</summary>
[Collection(AloneCollection.Name)]
public sealed class HttpFuzzTests(PortalSilo silo) : IClassFixture<PortalSilo>
{
    // About twenty seconds here; FUZZ_INPUTS=1000000 is the long form.
    private const int InputsByDefault = 4_000;

    private const long MostGrowth = 64L << 20;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    // Sound requests of every kind, as bytes: what is changed in them is fuzz. {C} and {T} stand for who is signed in.
    private static readonly (string Subject, string Request)[] Sound =
    [
        ("demo-official", Get("/rooms/room-1")),
        ("demo-official", Get("/bookings?reference=ref-1")),
        ("demo-official", Post("POST", "/bookings", """{"reference":"fuzz-1","time":{"from":"2026-11-23T09:00:00Z","until":"2026-11-23T10:00:00Z"},"assessment":{"risk":"raised","grounds":["threat"],"weighed":["noneSuffices"]}}""")),
        ("demo-official", Post("POST", "/bookings/letter", """{"reference":"fuzz-1","sentOn":"2026-11-01","textVersion":"model-1","language":"dutch"}""")),
        ("demo-official", Post("POST", "/bookings/start", """{"reference":"fuzz-1","spokenIn":null}""")),
        ("demo-official", Post("POST", "/bookings/stop", """{"reference":"fuzz-1"}""")),
        ("demo-reception", Post("POST", "/rooms/room-3/sticker", "")),
        ("demo-administrator", Get($"/recordings/rec_{Guid.Empty:N}")),
        ("demo-administrator", Post("PUT", $"/access-requests/req_{Guid.Empty:N}", $$"""{"recording":"rec_{{Guid.Empty:N}}","window":{"from":"2026-11-23T09:00:00Z","until":"2026-11-23T10:00:00Z"},"purpose":"complaint","case":"case-1"}""")),
        ("demo-administrator", Post("POST", $"/access-requests/req_{Guid.Empty:N}/viewings", "")),
        ("demo-administrator", Get($"/access-requests/req_{Guid.Empty:N}/viewings/1/parts/1-1/fragments/1.m4s")),
        ("demo-secretary", Post("POST", $"/access-requests/req_{Guid.Empty:N}/refuse", """{"reason":"notNecessary"}""")),
        ("demo-secretary", Post("POST", $"/access-requests/req_{Guid.Empty:N}/approve", $$"""{"statement":{"request":"req_{{Guid.Empty:N}}","recording":"rec_{{Guid.Empty:N}}","person":"demo-administrator","window":{"from":"2026-11-23T09:00:00Z","until":"2026-11-23T09:10:00Z"},"viewings":1,"validUntil":"2026-11-24T09:00:00Z","by":"demo-secretary","at":"2026-11-23T09:00:00Z"},"signature":{"credentialId":"AQ","authenticatorData":"AQ","clientDataJSON":"e30","signature":"AQ"} }""")),
        ("demo-officer", Get("/trail?from=1&count=10")),
        ("demo-officer", Get($"/recordings/rec_{Guid.Empty:N}/certificate")),
        ("demo-operator", Get("/dashboard/SiloStats/127.0.0.1:11111@1")),
        ("demo-operator", Get("/dashboard/Reminders/1")),
    ];

    private static int Inputs => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_INPUTS"), out var inputs) ? inputs : InputsByDefault;

    [Fact]
    public async Task Changed_requests_are_answered_soon_and_never_as_a_fault_of_the_server()
    {
        var people = new Dictionary<string, PortalClient>();
        foreach (var (caller, _) in DemoPeople.All)
        {
            people[caller.Subject] = await silo.SignIn(caller.Subject);
        }

        var random = new Fuzz.Mutator(seed: 20261125);
        var statuses = new SortedDictionary<int, int>();
        var before = 0L;
        for (var i = 0; i < Inputs; i++)
        {
            if (i == Inputs / 4)
            {
                before = Held(); // what is made once has been made by now
            }

            var (subject, request) = Sound[i % Sound.Length];
            var who = people[subject];
            var filled = Fill(request, who, silo.Address);
            var bytes = i % 3 == 0 ? random.Change(Encoding.UTF8.GetBytes(filled)) // anywhere, the head too
                : i % 3 == 1 ? ChangeTarget(filled, random)
                : ChangeBody(filled, random);
            var status = await Answer(bytes);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;

            // 505 is the server's own word for bytes where the version of HTTP should stand.
            Assert.True(status is < 500 or 505, $"Input {i} answered {status}: {Encoding.UTF8.GetString(bytes)}");
        }

        // It reached the routes, and not only their guards.
        Assert.True(statuses.Keys.Intersect([200, 400, 404]).Count() == 3, string.Join(", ", statuses));
        Assert.True(Held() - before < MostGrowth, $"It holds {Held() - before} bytes more than before.");
        foreach (var person in people.Values)
        {
            person.Dispose();
        }
    }

    [Fact]
    public async Task Who_sends_slowly_is_cut_off_and_others_are_answered_meanwhile()
    {
        using var official = await silo.SignIn("demo-official");
        await using var slowHead = await silo.Connect(TestContext.Current.CancellationToken);
        await using var slowBody = await silo.Connect(TestContext.Current.CancellationToken);
        var begun = TimeProvider.System.GetTimestamp();

        await slowHead.WriteAsync("GET /rooms HTTP/1.1\r\nHost: local"u8.ToArray(), TestContext.Current.CancellationToken);
        await slowBody.WriteAsync(
            Encoding.UTF8.GetBytes(Fill(Post("POST", "/bookings/stop", "{"), official, silo.Address).Replace("Content-Length: 1", "Content-Length: 60000", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);
        var meanwhile = await official.Ask(HttpMethod.Get, "/rooms");
        using var patience = new CancellationTokenSource(2 * ServerLimits.LongestForHeaders);
        var answers = await Task.WhenAll(ReadToEnd(slowHead, patience.Token), ReadToEnd(slowBody, patience.Token));

        Assert.Equal(HttpStatusCode.OK, meanwhile.Status);
        Assert.All(answers, answer => Assert.Contains(" 408 ", answer, StringComparison.Ordinal));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromSeconds(4), 2 * ServerLimits.LongestForHeaders);
    }

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: localhost\r\nCookie: {{C}}\r\nConnection: close\r\n\r\n";

    private static string Post(string method, string target, string body) =>
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nCookie: {{C}}\r\n{PortalClient.TokenHeader}: {{T}}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static string Fill(string request, PortalClient who, Uri portal) =>
        request.Replace("{C}", who.Cookies.GetCookieHeader(portal), StringComparison.Ordinal).Replace("{T}", who.Token, StringComparison.Ordinal);

    // The address alone, so that who is signed in stays who it is.
    private static byte[] ChangeTarget(string request, Fuzz.Mutator random)
    {
        var from = request.IndexOf('/', StringComparison.Ordinal);
        var until = request.IndexOf(" HTTP/", StringComparison.Ordinal);
        var changed = random.Change(Encoding.UTF8.GetBytes(request[from..until]));
        return [.. Encoding.UTF8.GetBytes(request[..from]), .. changed, .. Encoding.UTF8.GetBytes(request[until..])];
    }

    // The body alone, with its length put right.
    private static byte[] ChangeBody(string request, Fuzz.Mutator random)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var (head, body) = (request[..end], Encoding.UTF8.GetBytes(request[end..]));
        var changed = random.Change(body);
        return [.. Encoding.UTF8.GetBytes(head.Replace($"Content-Length: {body.Length}\r\n", $"Content-Length: {changed.Length}\r\n", StringComparison.Ordinal)), .. changed];
    }

    // The status; 0 when the connection was closed without one, as it may be on bytes that are no HTTP.
    private async Task<int> Answer(byte[] request)
    {
        using var patience = new CancellationTokenSource(LongestAnswer);
        while (true)
        {
            await using var stream = await silo.Connect(patience.Token);
            try
            {
                await stream.WriteAsync(request, patience.Token);
                await stream.ShutdownAsync(); // a length that says more than comes must not keep us
            }
            catch (Exception cut) when (cut is IOException or SocketException)
            {
                // It was refused before it was read to its end; the answer may still be there.
            }

            var answer = await ReadToEnd(stream, patience.Token);
            var status = answer.Split(' ') is [_, var code, ..] && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (status != 429)
            {
                return status;
            }

            using var wait = new PeriodicTimer(TimeSpan.FromSeconds(1)); // as Retry-After says
            await wait.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<string> ReadToEnd(Stream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Cut off after what came.
        }

        return text.ToString();
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
