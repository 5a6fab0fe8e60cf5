using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>Somebody at the portal: nobody in particular, or a person of the demo, whose changes carry the page's token.</summary>
/// <remarks>Each comes from a loopback address of its own, as people at different machines do: what is counted by address is counted apart.</remarks>
internal sealed class PortalClient : IDisposable
{
    public const string TokenHeader = "X-CSRF-TOKEN";

    private static int addresses;

    private readonly HttpClient http;
    private readonly IPAddress from;
    private readonly IPAddress to;

    /// <param name="portal">Its address, by the one name of all portals.</param>
    /// <param name="certificates">The folder of the cluster's certificates.</param>
    /// <param name="at">Which silo's portal it is; that at 127.0.0.1 when left out.</param>
    public PortalClient(Uri portal, string certificates, IPAddress? at = null)
    {
        to = at ?? IPAddress.Loopback;
        var number = Interlocked.Increment(ref addresses);
        from = new IPAddress([127, 0, (byte)(1 + (number / 250)), (byte)(1 + (number % 250))]);
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, ConnectCallback = Connect, SslOptions = PortalTrust.In(certificates) }) { BaseAddress = portal };
    }

    public CookieContainer Cookies { get; } = new();

    public string? Token { get; private set; }

    public static async Task<PortalClient> SignIn(Uri portal, string certificates, string subject, IPAddress? at = null)
    {
        var client = new PortalClient(portal, certificates, at);
        await client.TakeToken();
        using var answer = await client.Send(HttpMethod.Post, $"/demo/sign-in/{subject}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await client.TakeToken();
        return client;
    }

    public async Task TakeToken()
    {
        using var answer = await Send(HttpMethod.Get, "/antiforgery");
        Token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
    }

    /// <summary>Sends JSON, with the token when there is one.</summary>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await Send(request);
    }

    public Task<HttpResponseMessage> Send(HttpRequestMessage request) => SendAs(request, Token);

    /// <summary>Sends what is given, with this token or with none.</summary>
    public Task<HttpResponseMessage> SendAs(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.Add(TokenHeader, token);
        }

        return http.SendAsync(request);
    }

    /// <summary>Sends JSON and answers the JSON that came, with its status. Who is signed in and told to wait waits: tests share their people.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> Ask(HttpMethod method, string path, object? body = null)
    {
        using var answer = await Send(method, path, body);
        if (Token is not null && answer is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter.Delta: { } delay })
        {
            using var wait = new PeriodicTimer(delay);
            await wait.WaitForNextTickAsync();
            return await Ask(method, path, body);
        }

        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>The secretary's yes: the demo signs what was drawn up.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> Approve(string request)
    {
        var draft = await Ask(HttpMethod.Get, $"/access-requests/{request}/draft");
        return draft.Status == HttpStatusCode.OK
            ? await Ask(HttpMethod.Post, $"/access-requests/{request}/approve", new { statement = draft.Body.GetProperty("statement") })
            : draft;
    }

    public Task<byte[]> Download(Uri address) => http.GetByteArrayAsync(address);

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(new IPEndPoint(to, context.DnsEndPoint.Port), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
