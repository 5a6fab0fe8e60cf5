using System.Net;
using System.Text.Json;
using RecordingCluster.Client.Auditing;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Silo.Portal.Edge;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>What people do, over HTTP, on a real camera.</summary>
[Collection(PortalCollection.Name)]
public sealed class EndpointTests(PortalSilo silo)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_talk_is_booked_told_recorded_asked_for_approved_and_looked_at()
    {
        using var official = await silo.SignIn("demo-official");
        using var reception = await silo.SignIn("demo-reception");
        using var administrator = await silo.SignIn("demo-administrator");
        using var secretary = await silo.SignIn("demo-secretary");
        using var officer = await silo.SignIn("demo-officer");
        var (reference, request) = ($"https://bookings.example/{Guid.NewGuid()}", AccessRequestId.New().ToString());

        var booked = await official.Ask(HttpMethod.Post, "/bookings", Talk(reference));
        var untold = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = (string?)null });
        var letter = await official.Ask(HttpMethod.Post, "/bookings/letter", new { reference, sentOn = "2026-11-01", textVersion = "model-1", language = "dutch" });
        var sticker = await reception.Ask(HttpMethod.Post, "/rooms/room-1/sticker");
        var started = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" });
        var again = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" });
        var recording = started.Body.GetProperty("recording").GetString()!;
        var early = await administrator.Ask(HttpMethod.Put, $"/access-requests/{request}", Question(recording, TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(1)));
        await SiloProcess.Until(async () => Fragments(await Read(administrator, recording)) >= 2, Soon, () => "No two fragments came.");
        var stopped = await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference });
        var span = (await Read(administrator, recording)).GetProperty("parts")[0].GetProperty("span");
        var window = (From: span.GetProperty("from").GetDateTimeOffset(), Length: span.GetProperty("until").GetDateTimeOffset() - span.GetProperty("from").GetDateTimeOffset());
        var outside = await administrator.Ask(HttpMethod.Put, $"/access-requests/{request}", Question(recording, window.From.AddHours(-1), window.Length));
        var asked = await administrator.Ask(HttpMethod.Put, $"/access-requests/{request}", Question(recording, window.From, window.Length));
        var open = await secretary.Ask(HttpMethod.Get, "/access-requests");
        var undecided = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        var approved = await secretary.Approve(request);
        var refusedLater = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/refuse", new { reason = "notNecessary" });
        var begun = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        using var playlist = await administrator.Send(HttpMethod.Get, begun.Body.GetProperty("playlist").GetString()!);
        var ended = await administrator.Ask(HttpMethod.Delete, $"/access-requests/{request}/viewings/1");
        var over = await administrator.Ask(HttpMethod.Post, $"/access-requests/{request}/viewings");
        var read = await administrator.Ask(HttpMethod.Get, $"/access-requests/{request}");
        var booking = await officer.Ask(HttpMethod.Get, $"/bookings?reference={Uri.EscapeDataString(reference)}");

        Assert.Equal((HttpStatusCode.OK, "room-1"), (booked.Status, booked.Body.GetProperty("room").GetString()));
        AssertProblem(HttpStatusCode.Conflict, "notices-missing", untold);
        Assert.Equal(["letter", "spoken"], untold.Body.GetProperty("missing").EnumerateArray().Select(missing => missing.GetString()).Except(["sticker"])); // may be checked already today
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (letter.Status, sticker.Status));
        Assert.Equal((recording, true), (again.Body.GetProperty("recording").GetString(), again.Body.GetProperty("already").GetBoolean()));
        AssertProblem(HttpStatusCode.Conflict, "still-recording", early);
        Assert.Equal((HttpStatusCode.OK, false), (stopped.Status, stopped.Body.GetProperty("already").GetBoolean()));
        AssertProblem(HttpStatusCode.Conflict, "outside-recording", outside);
        Assert.Equal((HttpStatusCode.OK, request), (asked.Status, asked.Body.GetProperty("id").GetString()));
        Assert.Contains(open.Body.EnumerateArray(), one => one.GetProperty("id").GetString() == request && one.GetProperty("purpose").GetString() == "reportToPolice");
        AssertProblem(HttpStatusCode.Forbidden, "no-grant", undecided);
        Assert.Equal(("approved", "demo-administrator"), (approved.Body.GetProperty("kind").GetString(), approved.Body.GetProperty("grant").GetProperty("person").GetString()));
        Assert.Equal(approved.Body.ToString(), refusedLater.Body.ToString());
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent), (begun.Status, playlist.StatusCode, ended.Status));
        AssertProblem(HttpStatusCode.Gone, "viewing-over", over);
        Assert.NotEqual(JsonValueKind.Null, read.Body.GetProperty("viewings")[0].GetProperty("endedAt").ValueKind);
        Assert.Equal(("ended", recording), (booking.Body.GetProperty("stage").GetString(), booking.Body.GetProperty("recording").GetString()));
    }

    [Fact]
    public async Task The_request_of_another_administrator_answers_byte_by_byte_as_one_that_does_not_exist()
    {
        using var administrator = await silo.SignIn("demo-administrator");
        var (theirs, none) = (await AskAndApproveForAnother(), AccessRequestId.New().ToString());
        foreach (var (method, path) in new (HttpMethod, string)[]
        {
            (HttpMethod.Get, ""),
            (HttpMethod.Post, "/viewings"),
            (HttpMethod.Delete, "/viewings/1"),
            (HttpMethod.Get, "/viewings/1/playlist.m3u8"),
            (HttpMethod.Get, "/viewings/1/parts/1-1/init.mp4"),
            (HttpMethod.Get, "/viewings/1/parts/1-1/fragments/1.m4s"),
        })
        {
            // A ticket of the right form, as whoever tries would bring one.
            foreach (var ticket in new[] { "", new string('a', 64) })
            {
                administrator.Cookies.SetCookies(silo.Address, $"{EdgeCookies.ForPath("viewing")}={ticket}; path=/; secure");
                var answers = new List<string>();
                foreach (var request in new[] { theirs, none })
                {
                    using var answer = await administrator.Send(method, $"/access-requests/{request}{path}");
                    answer.Headers.Date = null;
                    answers.Add($"{(int)answer.StatusCode}\n{answer.Headers}{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
                }

                Assert.StartsWith("404", answers[0], StringComparison.Ordinal);
                Assert.Equal(answers[1], answers[0]);
            }
        }
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_what_is_malformed_names_field_rule_and_way_out()
    {
        using var officer = await silo.SignIn("demo-officer");
        using var official = await silo.SignIn("demo-official");
        var none = $"rec_{Guid.CreateVersion7():N}";

        Assert.All(
            [
                await officer.Ask(HttpMethod.Get, $"/recordings/{none}"),
                await officer.Ask(HttpMethod.Get, $"/recordings/{none}/certificate"),
                await officer.Ask(HttpMethod.Get, "/bookings?reference=never-booked-1"),
                await officer.Ask(HttpMethod.Get, "/rooms/room-99"),
                await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference = "never-booked-1" }),
            ],
            answer => AssertProblem(HttpStatusCode.NotFound, "not-found", answer));
        foreach (var (answer, field) in new[]
        {
            (await officer.Ask(HttpMethod.Get, $"/recordings/{none.ToUpperInvariant()}"), "recording: must be rec_"),
            (await officer.Ask(HttpMethod.Get, $"/recordings/{none[4..]}"), "recording: must be rec_"),
            (await officer.Ask(HttpMethod.Get, "/access-requests/1"), "access request: must be req_"),
            (await officer.Ask(HttpMethod.Get, "/rooms/Room%201"), "room: must be 1 to 40"),
            (await officer.Ask(HttpMethod.Get, "/bookings?reference=j.jansen@example.nl"), "booking reference:"),
            (await officer.Ask(HttpMethod.Get, "/bookings"), "booking reference:"),
            (await officer.Ask(HttpMethod.Get, "/trail?from=-1"), "from: must be a whole number"),
            (await officer.Ask(HttpMethod.Get, "/trail?count=1001"), "count: must be 1 to 1000"),
            (await official.Ask(HttpMethod.Post, "/bookings/letter", new { reference = "ref-1", sentOn = "yesterday", textVersion = "model-1", language = "dutch" }), "sentOn: "),
            (await official.Ask(HttpMethod.Post, "/bookings/letter", new { reference = "ref-1" }), "body: "),
            (await official.Ask(HttpMethod.Post, "/bookings", Talk("ref-1", until: "9999-12-31T23:59:59Z")), "time.until: must be a time with its offset"),
            (await official.Ask(HttpMethod.Post, "/bookings", Talk("ref-1", until: "2026-11-23T14:05:00")), "time.until: must be a time with its offset"),
            (await official.Ask(HttpMethod.Post, "/bookings", Talk("ref-1", ground: "badWeather")), "assessment.grounds[0]: "),
            (await official.Ask(HttpMethod.Post, "/bookings", Talk("ref-1", ground: "1")), "assessment.grounds[0]: "),
            (await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference = "ref-1", name = "J. Jansen" }), "name: "),
        })
        {
            AssertProblem(HttpStatusCode.BadRequest, "invalid-input", answer);
            var detail = answer.Body.GetProperty("detail").GetString()!;
            Assert.True(detail.StartsWith(field, StringComparison.Ordinal), $"{detail} does not begin with {field}");
            Assert.DoesNotContain("ansen", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_officer_reads_the_trail_in_steps_without_a_gap()
    {
        using var officer = await silo.SignIn("demo-officer");

        await officer.Ask(HttpMethod.Get, "/trail?from=1&count=1"); // to read is a deed, and has entries of its own

        var first = (await officer.Ask(HttpMethod.Get, "/trail?from=1&count=2")).Body;
        var second = (await officer.Ask(HttpMethod.Get, $"/trail?from={first.GetProperty("next")}&count=2")).Body;

        var entries = first.GetProperty("entries").EnumerateArray().Concat(second.GetProperty("entries").EnumerateArray()).ToList();
        Assert.Equal([1, 2, 3, 4], entries.Select(entry => entry.GetProperty("number").GetInt64()));
        Assert.Equal(entries[1].GetProperty("hash").GetString(), entries[2].GetProperty("previous").GetString());
        Assert.All(entries, entry => Assert.Contains(entry.GetProperty("result").GetString(), new[] { "opened", "done", "refused", "unknown" }));
    }

    [Fact]
    public async Task The_clock_is_seen_by_the_operator_and_accepted_by_somebody_else()
    {
        using var operators = await silo.SignIn("demo-operator");
        using var officer = await silo.SignIn("demo-officer");

        var seen = await operators.Ask(HttpMethod.Get, "/clock");
        var accepted = await officer.Ask(HttpMethod.Post, "/clock/accept");

        Assert.True(seen.Body.GetProperty("isTrusted").GetBoolean());
        Assert.Equal((HttpStatusCode.OK, true), (accepted.Status, accepted.Body.GetProperty("isTrusted").GetBoolean()));
    }

    [Fact]
    public async Task The_officer_exports_the_trail_checks_it_and_takes_a_signed_head_along()
    {
        using var officer = await silo.SignIn("demo-officer");

        using var signed = await officer.Send(HttpMethod.Post, "/trail/head");
        using var sheet = await officer.Send(HttpMethod.Get, "/trail/head");
        using var exported = await officer.Send(HttpMethod.Get, "/trail/export?format=json-lines");
        using var csv = await officer.Send(HttpMethod.Get, "/trail/export?format=csv");
        using var checkedHere = await officer.Send(HttpMethod.Get, "/trail/check");

        // What left the portal is enough to check it elsewhere: file, head and CA.
        Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        Assert.StartsWith("Signed head of the audit trail.", await sheet.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var seals = SealCheck.By(await File.ReadAllTextAsync(Path.Combine(silo.Certificates, "ca.crt"), TestContext.Current.CancellationToken));
        var head = TrailLines.ReadHead(System.Text.Encoding.UTF8.GetBytes((await File.ReadAllLinesAsync(silo.Heads, TestContext.Current.CancellationToken))[^1]), 1);
        var report = await TrailFileCheck.Run(await exported.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), [head], seals, null, TestContext.Current.CancellationToken);
        Assert.True(report.IsWhole, string.Join('\n', report.Faults));
        Assert.True(report.Covered >= head.Number && report.Last > head.Number);
        Assert.Equal("attachment; filename=trail-town-hall-" + report.Last + ".jsonl", exported.Content.Headers.ContentDisposition!.ToString());
        Assert.StartsWith("number,at,actor", await csv.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var last = (await checkedHere.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n')[^1];
        Assert.StartsWith("{\"isWhole\":true,", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_are_asked_for_by_booking_or_by_day_and_the_page_of_a_recording_without_one_says_so()
    {
        using var officer = await silo.SignIn("demo-officer");

        var none = await officer.Ask(HttpMethod.Get, "/certificates?booking=no-such-booking-1");
        var day = await officer.Ask(HttpMethod.Get, "/certificates?day=2026-12-07");
        using var page = await officer.Send(HttpMethod.Get, $"/certificates/{RecordingId.New()}");

        Assert.Equal((HttpStatusCode.OK, 0), (none.Status, none.Body.GetArrayLength()));
        Assert.Equal((HttpStatusCode.OK, 0), (day.Status, day.Body.GetArrayLength()));
        AssertProblem(HttpStatusCode.BadRequest, "invalid-input", await officer.Ask(HttpMethod.Get, "/certificates"));
        AssertProblem(HttpStatusCode.BadRequest, "invalid-input", await officer.Ask(HttpMethod.Get, "/certificates?day=monday"));
        Assert.Contains("Geen verklaring</h1>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static void AssertProblem(HttpStatusCode status, string type, (HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.Equal((status, $"urn:recording-cluster:problem:{type}"), (answer.Status, answer.Body.GetProperty("type").GetString()));
        Assert.Equal((int)status, answer.Body.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(answer.Body.GetProperty("title").GetString()));
    }

    private static object Talk(string reference, string? until = null, string ground = "threat")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new { reference, time = new { from = $"{now:O}", until = until ?? $"{now.AddHours(1):O}" }, assessment = new { risk = "raised", grounds = new[] { ground }, weighed = new[] { "noneSuffices" } } };
    }

    private static object Question(string recording, DateTimeOffset from, TimeSpan length) =>
        new { recording, window = new { from, until = from + length }, purpose = "reportToPolice", @case = "case-1" };

    private static async Task<JsonElement> Read(PortalClient client, string recording) => (await client.Ask(HttpMethod.Get, $"/recordings/{recording}")).Body;

    private static int Fragments(JsonElement recording) => recording.GetProperty("parts").EnumerateArray().Sum(part => part.GetProperty("fragments").GetInt32());

    // Another administrator's request, asked, approved and used once; the demo has but one administrator, so it is asked through the grains.
    private async Task<string> AskAndApproveForAnother()
    {
        using var official = await silo.SignIn("demo-official");
        using var secretary = await silo.SignIn("demo-secretary");
        var (reference, request) = ($"other-{Guid.NewGuid()}", AccessRequestId.New());
        await official.Ask(HttpMethod.Post, "/rooms/room-1/sticker");
        await official.Ask(HttpMethod.Post, "/bookings", Talk(reference));
        await official.Ask(HttpMethod.Post, "/bookings/letter", new { reference, sentOn = "2026-11-01", textVersion = "model-1", language = "dutch" });
        var started = await official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" });
        Assert.Equal(HttpStatusCode.OK, started.Status);
        await official.Ask(HttpMethod.Post, "/bookings/stop", new { reference });
        var recording = new RecordingId(Guid.Parse(started.Body.GetProperty("recording").GetString()![4..]));
        using var _ = silo.As(new Caller("administrator-2", Roles.CameraAdministrator));
        var grain = silo.Grains.AccessRequest(request);
        var span = (await silo.Grains.Recording(recording).Read()).Parts.Single().Span;
        Assert.IsType<AskOutcome.Asked>(await grain.Ask(new AccessQuestion(recording, new TimeRange(span.From, span.Until), Purpose.Complaint, new CaseReference("case-2"))));
        Assert.Equal(HttpStatusCode.OK, (await secretary.Approve(request.ToString())).Status);
        Assert.IsType<BeginViewingOutcome.Begun>(await grain.BeginViewing(ViewingTicket.Of("their ticket"u8)));
        return request.ToString();
    }
}
