using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Silo.Portal;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal;

/// <summary>What the data protection officer's pages are made of: the check in the background, the files for a spreadsheet, and what the trail tells of erasures and objections.</summary>
[Collection(PortalCollection.Name)]
public sealed class WatchingTests(PortalSilo silo)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_of_the_trail_goes_on_in_the_background_and_its_outcome_stays()
    {
        using var officer = await silo.SignIn("demo-officer");

        var begun = await officer.Ask(HttpMethod.Post, "/trail/checks");
        JsonElement check = default;
        await SiloProcess.Until(async () => Stage(check = (await officer.Ask(HttpMethod.Get, "/trail/checks")).Body) != "running", Soon, () => $"{check}");

        Assert.Equal(HttpStatusCode.Accepted, begun.Status);
        Assert.Equal(("done", true, "demo-officer"), (Stage(check), check.GetProperty("isWhole").GetBoolean(), check.GetProperty("by").GetString()));
        Assert.Equal(check.GetProperty("of").GetInt64(), check.GetProperty("checked").GetInt64());
    }

    // Read by another program than wrote it, as a spreadsheet would: semicolons, quotes, decimal commas, one row for each line.
    [Theory]
    [InlineData("/trail/export?format=spreadsheet", 9)]
    [InlineData("/reports/2026?format=spreadsheet", 17)]
    public async Task A_file_for_a_spreadsheet_is_read_by_another_program_row_by_row(string path, int columns)
    {
        using var officer = await silo.SignIn("demo-officer");

        using var answer = await officer.Send(HttpMethod.Get, path);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
        var rows = await Parse(bytes);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        Assert.True(rows.Length > 2, $"{rows.Length} rows");
        Assert.All(rows, row => Assert.Equal(columns, row.Length));
        Assert.Contains(rows[0][0], new[] { "Regel", "Spreekkamer" });
    }

    [Fact]
    public async Task A_cell_keeps_its_words_and_never_becomes_a_formula()
    {
        var moment = new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero);

        var rows = await Parse(Encoding.UTF8.GetBytes(Sheet.Mark + Sheet.Row("a;b", "say \"yes\"", "=1+1", "één\r\ntwee", 12.5, 3, 4_000_000_000L, null, moment)));

        Assert.Equal(["a;b", "say \"yes\"", "'=1+1", "één\r\ntwee", "12,5", "3", "4000000000", "", "2027-01-01 00:30:00"], Assert.Single(rows));
    }

    [Fact]
    public void A_recording_that_was_begun_remains_until_a_certificate_says_that_it_is_gone()
    {
        var (gone, kept, record) = (RecordingId.New(), RecordingId.New(), new ErasureRecord());
        var at = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

        record.Add(Entry("booking/start", AuditResult.Done, Started(gone)) with { At = at });
        record.Add(Entry("booking/start", AuditResult.Done, Started(kept)) with { At = at.AddHours(1) });
        record.Add(Entry("booking/start", AuditResult.Done, Started(kept)) with { At = at.AddHours(2) });
        record.Add(Entry("booking/start", AuditResult.Refused, Started(RecordingId.New())));
        record.Add(Entry("booking/start", AuditResult.Done, """{"name":"AlreadyStarted","facts":{"recording":null}}"""));
        var before = record.Remaining.ToList();
        record.Add(Entry(Certificate.Deed, AuditResult.Done, $$"""{"number":0,"recording":{"value":"{{gone.Value}}"},"site":"town-hall","room":"room-1","regulationVersion":"1","reason":"TermPassed","by":"Reminder","span":{"from":"2026-11-02T09:00:00Z","until":"2026-11-02T10:00:00Z"},"dueAt":"2026-11-16T09:00:00Z","erasedAt":"2026-11-16T11:00:00Z","parts":[],"keyId":"{{Guid.Empty}}","ringGeneration":1,"method":"","opensAfterwards":false,"check":"","limits":"","storage":""}""") with { Number = 9 });

        Assert.Equal([(gone, at), (kept, at.AddHours(1))], before);
        Assert.Equal([(kept, at.AddHours(1))], record.Remaining);
        var certificate = Assert.Single(record.Certificates);
        Assert.Equal((9, TimeSpan.FromHours(2)), (certificate.Number, certificate.Lateness));
        Assert.True(certificate.Lateness > ErasureRecord.InTime);
    }

    [Fact]
    public void An_objection_is_known_with_what_became_of_it_and_open_ones_stand_first()
    {
        var record = new ObjectionRecord();

        record.Add(Entry("booking/object", AuditResult.Done, """{"name":"Open","facts":{"objection":{"number":1,"kind":"Informal","moment":"During","recordedBy":"o-1","at":"2026-11-02T09:00:00Z","decision":null}}}""") with { Subject = "booking/a" });
        record.Add(Entry("booking/object", AuditResult.Done, """{"name":"Open","facts":{"objection":{"number":1,"kind":"GdprArticle21","moment":"After","recordedBy":"o-1","at":"2026-11-01T09:00:00Z","decision":null}}}""") with { Subject = "booking/b" });
        record.Add(Entry("booking/uphold", AuditResult.Done, """{"name":"Upheld","facts":{"objection":{"number":1,"kind":"Informal","moment":"During","recordedBy":"o-1","at":"2026-11-02T09:00:00Z","decision":{"$type":"upheld","by":"o-2","at":"2026-11-02T10:00:00Z"}},"certificate":12}}""") with { Subject = "booking/a" });
        record.Add(Entry("booking/reject", AuditResult.Refused, """{"reason":"who holds the talk does not decide"}""") with { Subject = "booking/b" });

        var all = record.All.ToList();
        Assert.Equal(["b", "a"], all.Select(known => known.Booking));
        Assert.Null(all[0].Objection.Decision);
        Assert.Equal("o-2", Assert.IsType<ObjectionDecision.Upheld>(all[1].Objection.Decision).By);
        Assert.Equal(12, all[1].Certificate);
    }

    private static string Started(RecordingId recording) => JsonSerializer.Serialize(new { name = "Started", facts = new { recording = new { value = recording.Value } } });

    private static AuditRecord Entry(string deed, AuditResult result, string detail) => new(1, default, "silo", deed, "booking/x", "portal", result, null, detail, "", "", "");

    private static string Stage(JsonElement check) => check.GetProperty("stage").GetString()!;

    private static async Task<string[][]> Parse(byte[] file)
    {
        var start = new ProcessStartInfo("python3", ["-c", "import csv, io, json, sys; print(json.dumps(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode('utf-8-sig'), newline=''), delimiter=';'))))"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var python = Process.Start(start)!;
        await python.StandardInput.BaseStream.WriteAsync(file, Cancel);
        python.StandardInput.Close();
        var rows = JsonSerializer.Deserialize<string[][]>(await python.StandardOutput.ReadToEndAsync(Cancel))!;
        await python.WaitForExitAsync(Cancel);
        return rows;
    }
}
