using System.Net;
using System.Text.Json;

namespace RecordingCluster.Tests.Portal;

/// <summary>What officials do with a talk, over HTTP: each answer with its kind and the facts to act on.</summary>
/// <remarks>On a silo of its own: an official's changes within a moment are counted.</remarks>
public sealed class TalkRouteTests(PortalSilo silo) : IClassFixture<PortalSilo>
{
    [Fact]
    public async Task A_booking_is_changed_objected_to_and_cancelled_and_each_refusal_says_what_to_do()
    {
        using var official = await silo.SignIn("demo-official");
        using var reception = await silo.SignIn("demo-reception");
        var reference = $"plan-{Guid.NewGuid()}";
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        var booked = await official.Ask(HttpMethod.Post, "/bookings", new { reference, time = Times(tomorrow), assessment = Raised("other") });

        var own = await official.Ask(HttpMethod.Post, "/bookings/confirm", new { reference });
        var rebooked = await official.Ask(HttpMethod.Post, "/bookings/rebook", new { reference, time = Times(tomorrow.AddHours(2)) });
        var reassessed = await official.Ask(HttpMethod.Post, "/bookings/reassess", new { reference, assessment = Raised("threat") });
        var unneeded = await official.Ask(HttpMethod.Post, "/bookings/confirm", new { reference });
        var objected = await official.Ask(HttpMethod.Post, "/bookings/objections", new { reference, kind = "gdprArticle21" });
        var byAssessor = await official.Ask(HttpMethod.Post, "/bookings/objections/reject", new { reference, number = 1, reason = "riskStands" });
        var unknown = await official.Ask(HttpMethod.Post, "/bookings/objections/uphold", new { reference, number = 2 });
        var early = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" });
        var unrecorded = await official.Ask(HttpMethod.Post, "/bookings/start-unrecorded", new { reference });
        var unchosen = await official.Ask(HttpMethod.Post, "/bookings/choose", new { reference, choice = "alarmButton" });
        var notTalking = await official.Ask(HttpMethod.Post, "/bookings/lengthen", new { reference, until = tomorrow.AddHours(4) });
        var lesser = await official.Ask(HttpMethod.Post, "/bookings/swap", new { reference, room = "room-3" });
        var swapped = await official.Ask(HttpMethod.Post, "/bookings/swap", new { reference, room = "room-2" });
        var seen = await official.Ask(HttpMethod.Get, $"/bookings?reference={reference}");
        var atTheCounter = await reception.Ask(HttpMethod.Get, $"/bookings?reference={reference}");
        var cancelled = await official.Ask(HttpMethod.Post, "/bookings/cancel", new { reference });
        var nothing = await official.Ask(HttpMethod.Post, "/bookings/objections", new { reference, kind = "informal" });

        Assert.Equal((HttpStatusCode.OK, "room-1"), (booked.Status, booked.Body.GetProperty("room").GetString()));
        AssertProblem(HttpStatusCode.Forbidden, "own-assessment", own);
        Assert.All([rebooked, reassessed, swapped, cancelled], answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        AssertProblem(HttpStatusCode.Conflict, "not-needed", unneeded);
        Assert.Equal(("open", "before", 1), (Text(objected.Body, "decision"), Text(objected.Body, "moment"), objected.Body.GetProperty("number").GetInt32()));
        AssertProblem(HttpStatusCode.Forbidden, "not-by-you", byAssessor);
        AssertProblem(HttpStatusCode.NotFound, "not-found", unknown);
        AssertProblem(HttpStatusCode.Conflict, "not-now", unrecorded);
        AssertProblem(HttpStatusCode.Conflict, "not-now", early);
        AssertProblem(HttpStatusCode.Conflict, "conflict", unchosen);
        AssertProblem(HttpStatusCode.Conflict, "not-started", notTalking);
        AssertProblem(HttpStatusCode.Conflict, "other-kind-of-room", lesser);
        Assert.Equal(("booked", "room-2", 2), (Text(seen.Body, "stage"), Text(seen.Body, "room"), seen.Body.GetProperty("assessments").GetArrayLength()));
        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null),
            (atTheCounter.Body.GetProperty("assessments").ValueKind, atTheCounter.Body.GetProperty("objections").ValueKind, atTheCounter.Body.GetProperty("confirmed").ValueKind));
        AssertProblem(HttpStatusCode.Conflict, "nothing-recorded", nothing);
    }

    private static object Times(DateTimeOffset from) => new { from, until = from.AddHours(1) };

    private static object Raised(string ground) => new { risk = "raised", grounds = new[] { ground }, weighed = new[] { "noneSuffices" } };

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    private static void AssertProblem(HttpStatusCode status, string type, (HttpStatusCode Status, JsonElement Body) answer) =>
        Assert.Equal((status, $"urn:recording-cluster:problem:{type}"), (answer.Status, answer.Body.GetProperty("type").GetString()));
}
