using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RecordingCluster.Tool.Walking;

/// <summary>Somebody at the portal, as a browser would be one: signed in as a person of the demo, each change with the page's token.</summary>
internal sealed class Person : IDisposable
{
    private const string TokenHeader = "X-CSRF-TOKEN";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly HttpClient http;

    private Person(Uri portal, string certificates, IPAddress? at) => http = new HttpClient(PortalTrust.Handler(certificates, at)) { BaseAddress = portal };

    public static async Task<Person> SignIn(Uri portal, string certificates, IPAddress? at, string subject)
    {
        var person = new Person(portal, certificates, at);
        await person.TakeToken();
        using var answer = await person.http.PostAsync($"/demo/sign-in/{subject}", null);
        if (answer.StatusCode != HttpStatusCode.Redirect)
        {
            throw new InvalidOperationException($"The portal did not sign in {subject}: {(int)answer.StatusCode}.");
        }

        // A token is bound to who is signed in.
        await person.TakeToken();
        return person;
    }

    public Task<PortalAnswer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<PortalAnswer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<PortalAnswer> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    public Task<PortalAnswer> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<byte[]> Download(Uri path) => http.GetByteArrayAsync(path);

    public Task<string> DownloadText(Uri path) => http.GetStringAsync(path);

    public void Dispose() => http.Dispose();

    private async Task<PortalAnswer> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
        using var answer = await http.SendAsync(request);
        var isJson = answer.Content.Headers.ContentType is { MediaType: { } type } && type.EndsWith("json", StringComparison.Ordinal);
        return new PortalAnswer(answer.StatusCode, isJson ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default);
    }

    private async Task TakeToken()
    {
        var answer = await Get("/antiforgery");
        http.DefaultRequestHeaders.Remove(TokenHeader);
        http.DefaultRequestHeaders.Add(TokenHeader, answer.Expect(HttpStatusCode.OK).GetProperty("token").GetString());
    }
}

/// <summary>What the portal answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">Its JSON; undefined when there was none.</param>
internal sealed record PortalAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <exception cref="InvalidOperationException">It answered something else, and with these words.</exception>
    public JsonElement Expect(HttpStatusCode status) =>
        Status == status ? Body : throw new InvalidOperationException($"The portal answered {(int)Status}, and not {(int)status}: {Words}");

    /// <summary>What a problem says of itself.</summary>
    public string Words => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("title", out var title)
        ? $"{title.GetString()} {(Body.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}".TrimEnd()
        : "it says nothing";
}
