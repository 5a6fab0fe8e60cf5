using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using RecordingCluster.Silo.Portal.Edge;

namespace RecordingCluster.Tests.Portal;

/// <summary>What stands between the network and a route: headers, cookies, limits, rates, addresses, errors.</summary>
[Collection(PortalCollection.Name)]
public sealed class EdgeTests(PortalSilo silo)
{
    private const string OwnPolicy =
        "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "style-src 'self'; media-src 'self' blob:";

    [Theory]
    [InlineData("/sign-in", OwnPolicy)]
    [InlineData("/rooms", OwnPolicy)]
    [InlineData("/portal.css", OwnPolicy)]
    [InlineData("/health/live", OwnPolicy)]
    [InlineData("/nothing/here", OwnPolicy)]
    [InlineData("/dashboard", "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; style-src 'self' 'unsafe-inline'")]
    public async Task Every_answer_has_the_headers_of_the_edge(string path, string policy)
    {
        using var @operator = await silo.SignIn("demo-operator");

        using var answer = await @operator.Send(HttpMethod.Get, path);

        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join('|', values) : "";
        Assert.Equal(policy, Header("Content-Security-Policy"));
        Assert.Equal(("DENY", "nosniff", "no-referrer"), (Header("X-Frame-Options"), Header("X-Content-Type-Options"), Header("Referrer-Policy")));
        Assert.Equal(("same-origin", "same-origin"), (Header("Cross-Origin-Opener-Policy"), Header("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Contains("microphone=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal(("", ""), (Header("Server"), Header("X-Powered-By")));
        Assert.Equal(path == "/portal.css" ? "no-cache" : "no-store", Header("Cache-Control"));
    }

    [Fact]
    public async Task Cookies_are_of_this_site_alone_and_out_of_reach_of_scripts()
    {
        using var nobody = silo.Nobody();
        using var token = await nobody.Send(HttpMethod.Get, "/antiforgery");
        await nobody.TakeToken();
        using var signedIn = await nobody.Send(HttpMethod.Post, "/demo/sign-in/demo-official");

        var cookies = token.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).ToList();

        Assert.Equal([EdgeCookies.ForHost("antiforgery"), EdgeCookies.ForHost("portal")], cookies.Select(cookie => cookie.Split('=')[0]));
        Assert.All(cookies, cookie =>
        {
            var parts = cookie.ToLowerInvariant().Split("; ");
            Assert.Contains("httponly", parts);
            Assert.Contains("samesite=strict", parts);
            Assert.Contains("path=/", parts);
            Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.Ordinal));
            Assert.Contains("secure", parts);
        });
    }

    [Theory]
    [InlineData("GET /nothing/here", 404, "not-found")]
    [InlineData("DELETE /trail", 405, "method-not-allowed")]
    [InlineData("POST /bookings/stop text/plain", 415, "wrong-media-type")]
    [InlineData("POST /bookings/stop application/json {", 400, "invalid-input")]
    [InlineData("POST /bookings/stop application/json null", 400, "invalid-input")]
    [InlineData("POST /bookings/stop application/json []", 400, "invalid-input")]
    [InlineData("POST /bookings/stop application/json {\"reference\":\"a\",\"reference\":\"b\"}", 400, "invalid-input")]
    public async Task Every_error_is_a_problem_with_a_type_and_tells_nothing_of_the_program(string asked, int status, string type)
    {
        using var official = await silo.SignIn("demo-official");
        var words = asked.Split(' ', 4);
        using var request = new HttpRequestMessage(new HttpMethod(words[0]), words[1]);
        if (words.Length > 2)
        {
            request.Content = new StringContent(words.ElementAtOrDefault(3) ?? "x", Encoding.UTF8, words[2]);
        }

        using var answer = await official.Send(request);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.EndsWith($":{type}", JsonDocument.Parse(text).RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.All(["Exception", "System.", "Orleans", "RecordingCluster.", "   at ", "StopDto"], inner => Assert.DoesNotContain(inner, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/rooms/../trail")]
    [InlineData("/rooms/%2e%2e/trail")]
    [InlineData("/rooms/./")]
    [InlineData("/rooms%2froom-1")]
    [InlineData("/rooms%5croom-1")]
    [InlineData("//rooms")]
    [InlineData("/rooms//room-1")]
    [InlineData("/rooms\\room-1")]
    [InlineData("/rooms.")]
    [InlineData("/rooms/room-1.")]
    [InlineData("/rooms/room-1%00")]
    [InlineData("/rooms/%2500")]
    [InlineData("/ROOMS")]
    [InlineData("/Rooms/room-1")]
    [InlineData("/rooms/ROOM-1")]
    [InlineData("/rooms;a=b/room-1")]
    [InlineData("/portal.css/../appsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/access-requests/req_00000000000000000000000000000000/viewings/99999999999999999999/playlist.m3u8")]
    [InlineData("/access-requests/req_00000000000000000000000000000000/viewings/-1/playlist.m3u8")]
    [InlineData("/trail?from=99999999999999999999")]
    [InlineData("/trail?from=0x10&count=%20")]
    public async Task An_address_that_is_dressed_up_is_not_found_or_refused(string target)
    {
        // The administrator reads rooms and asks for viewings, so that nothing here is refused for want of a role.
        foreach (var subject in new[] { "demo-administrator", "demo-officer" })
        {
            using var client = await silo.SignIn(subject);
            var cookies = client.Cookies.GetCookieHeader(silo.Address);

            var status = await Raw($"GET {target} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n");

            Assert.True(status is 400 or 404 || (status == 403 && target.StartsWith(subject == "demo-officer" ? "/access" : "/trail", StringComparison.Ordinal)), $"{target} answered {status}");
        }
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:1", 200)]
    [InlineData("elsewhere.example", 400)]
    [InlineData("localhost.elsewhere.example", 400)]
    [InlineData("", 400)]
    public async Task Only_the_portals_own_name_is_answered(string host, int status) =>
        Assert.Equal(status, await Raw($"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

    [Fact]
    public async Task What_is_too_large_is_refused_and_told_so()
    {
        using var official = await silo.SignIn("demo-official");
        var cookies = official.Cookies.GetCookieHeader(silo.Address);
        var head = $"POST /bookings/stop HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n{PortalClient.TokenHeader}: {official.Token}\r\nContent-Type: application/json\r\nConnection: close\r\n";
        using var large = new StringContent(new string(' ', ServerLimits.MostBodyBytes + 1), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/bookings/stop") { Content = large };
        request.Headers.ExpectContinue = true; // the refusal comes before the body is sent: whoever still sends may find the connection reset

        using var body = await official.Send(request);
        var declared = await Raw($"{head}Content-Length: 99999999999\r\n\r\n");
        var line = await Raw($"GET /{new string('a', 5000)} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var headers = await Raw($"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('a', 17_000)}\r\n\r\n");
        var many = await Raw($"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: 1\r\n"))}\r\n");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "application/problem+json"), (body.StatusCode, body.Content.Headers.ContentType?.ToString()));
        Assert.Equal((413, 414, 431, 431), (declared, line, headers, many));
    }

    [Fact]
    public async Task Whoever_tries_to_sign_in_again_and_again_has_to_wait()
    {
        using var client = silo.Nobody();
        await client.TakeToken();
        using var another = silo.Nobody();
        await another.TakeToken();

        for (var i = 0; i < RequestRates.SignInsPerMinute; i++)
        {
            using var tried = await client.Send(HttpMethod.Post, "/demo/sign-in/nobody-known");
            Assert.Equal(HttpStatusCode.NotFound, tried.StatusCode);
        }

        var (_, before) = silo.Refusals(0);
        using var refused = await client.Send(HttpMethod.Post, "/demo/sign-in/demo-official");
        var line = Assert.Single(silo.Refusals(before).Lines);
        using var elsewhere = await another.Send(HttpMethod.Post, "/demo/sign-in/demo-official");

        Assert.Equal("nobody | POST /demo/sign-in/{subject} | portal | portal | {\"reason\":\"too many sign-ins from one address\"}", line);
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.ToString()));
        Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_flood_of_requests_has_to_wait_and_a_player_never_has()
    {
        using var flood = silo.Nobody();
        using var player = await silo.SignIn("demo-secretary");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2 * RequestRates.RequestsAtOnce).Select(_ => flood.Ask(HttpMethod.Get, "/rooms")));

        // A player that jumps asks for a few at once; this is twenty times what it asks for in a second.
        var played = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => player.Ask(HttpMethod.Get, "/access-requests")));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.Status).Distinct().Order());
        Assert.All(played, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    // Answers the status, or 0 when the connection was cut.
    private async Task<int> Raw(string request)
    {
        await using var stream = await silo.Connect(TestContext.Current.CancellationToken);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line ? int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
