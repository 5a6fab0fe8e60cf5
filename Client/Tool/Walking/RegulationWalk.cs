using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RecordingCluster.Tool.Walking;

/// <summary>Brings a regulation into force as its people do: drafted, advised on, consented to, activated. Without one nothing is recorded.</summary>
internal sealed class RegulationWalk(People people, TimeSpan retention, TimeProvider clock)
{
    private const string Document = "demo:regulation-1";

    public async Task<string> Take()
    {
        if (await people.Secretary.Get("/regulation") is { Status: HttpStatusCode.OK, Body: var present } && RetentionOf(present) == retention)
        {
            return $"version {present.GetProperty("version").GetString()} is in force, with a retention of {retention:c}";
        }

        var version = $"demo-{clock.GetUtcNow().ToUnixTimeMilliseconds()}";
        var path = $"/regulation/versions/{version}";
        var draft = JsonNode.Parse((await people.Secretary.Get("/regulation/model")).Expect(HttpStatusCode.OK).GetRawText())!;
        draft["terms"]!["retention"] = retention.ToString("c", CultureInfo.InvariantCulture);
        (await people.Secretary.Put(path, draft)).Expect(HttpStatusCode.OK);
        var early = await people.Secretary.Post($"{path}/activate", new { });
        if (early.Status != HttpStatusCode.Conflict)
        {
            throw new InvalidOperationException($"Without advice and consent its activation answered {(int)early.Status}.");
        }

        (await people.Officer.Post($"{path}/advice", new { kind = "positive", document = Document })).Expect(HttpStatusCode.OK);
        (await people.Secretary.Post($"{path}/consent", new { on = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), document = Document })).Expect(HttpStatusCode.OK);
        (await people.Secretary.Post($"{path}/activate", new { })).Expect(HttpStatusCode.OK);
        return $"the model regulation as version {version}: refused while missing {string.Join(", ", early.Body.GetProperty("needs").EnumerateArray())}; advised, consented and activated since; "
            + $"its retention is {retention:c} instead of 14 days, for this demo";
    }

    private static TimeSpan RetentionOf(JsonElement regulation) =>
        TimeSpan.Parse(regulation.GetProperty("terms").GetProperty("retention").GetString()!, CultureInfo.InvariantCulture);
}
