using System.Globalization;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Grains.Reports;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Tests.Reports;

public sealed class RoomReportTests
{
    private static readonly SitePlan Plan = new(new SiteId("town-hall"), [
        new PlannedRoom(new RoomId("room-1"), new CameraId("camera-1")), new PlannedRoom(new RoomId("room-3"), null)]);

    private readonly RoomReport november = new(Plan, ReportPeriod.Of("2026-11"));
    private long number;

    [Theory]
    [InlineData("2026-11", "2026-10-31T22:59:59Z", false)]
    [InlineData("2026-11", "2026-10-31T23:00:00Z", true)]
    [InlineData("2026-11", "2026-11-30T22:59:59Z", true)]
    [InlineData("2026-11", "2026-11-30T23:00:00Z", false)]
    [InlineData("2026", "2025-12-31T23:00:00Z", true)]
    [InlineData("2026", "2026-12-31T23:00:00Z", false)]
    public void A_period_begins_and_ends_at_midnight_in_the_town_hall(string period, string moment, bool contains) =>
        Assert.Equal(contains, ReportPeriod.Of(period).Contains(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("2026-13")]
    [InlineData("november")]
    [InlineData("1026")]
    public void What_is_neither_month_nor_year_is_refused(string period) =>
        Assert.Equal(ErrorKind.InvalidInput, Assert.Throws<RecordingClusterException>(() => ReportPeriod.Of(period)).Kind);

    [Fact]
    public void A_deed_that_was_repeated_counts_once_and_in_the_month_of_its_first_time()
    {
        Add("2026-10-31", "booking/book", "booking/a", """{"name":"Given","facts":{"room":{"value":"room-1"}}}""");
        Add("2026-10-31", "booking/start", "booking/a", """{"name":"Started","facts":{"recording":{"value":"r"}}}""");
        Add("2026-11-01", "booking/start", "booking/a", """{"name":"AlreadyStarted","facts":{"recording":{"value":"r"}}}""");
        Add("2026-11-02", "booking/book", "booking/b", """{"name":"Given","facts":{"room":{"value":"room-3"}}}""");
        Add("2026-11-02", "booking/start", "booking/b", """{"name":"NotRecorded","facts":{}}""");
        Add("2026-11-02", "booking/start", "booking/b", """{"name":"NotRecorded","facts":{}}""");

        Assert.Equal([(0, 0), (1, 0)], november.Figures.Select(room => (room.Talks, room.Recorded)));
    }

    [Fact]
    public void What_follows_from_a_talk_of_last_month_is_counted_in_its_room()
    {
        Add("2026-10-30", "booking/book", "booking/a", """{"name":"Given","facts":{"room":{"value":"room-1"}}}""");
        Add("2026-10-30", "booking/start", "booking/a", """{"name":"Started","facts":{"recording":{"value":"r"}}}""");
        Add("2026-11-01", "access-request/ask", "access-request/q", """{"name":"Asked","facts":{"recording":{"value":"r"}}}""");
        Add("2026-11-01", "access-request/approve", "access-request/q", "{\"reason\":\"nobody decides on one's own request\"}", AuditResult.Refused);
        Add("2026-11-01", "access-request/approve", "access-request/q", """{"name":"Approved","facts":{}}""");
        Add("2026-11-01", "access-request/refuse", "access-request/q", """{"name":"Approved","facts":{}}""");
        Add("2026-11-02", "access-request/begin-viewing", "access-request/q", """{"name":"Begun","facts":{"viewing":1}}""");
        Add("2026-11-02", "watched", "access-request/q", """{"viewing":1,"seconds":90}""");
        Add("2026-11-13", "certificate", "r", """{"room":"room-1","dueAt":"2026-11-13T09:00:00Z","erasedAt":"2026-11-13T10:30:00Z"}""");

        Assert.Equal(
            new RoomFigures { Room = "room-1", Requests = 1, Approved = 1, Viewings = 1, MinutesWatched = 1.5, Erasures = 1, ErasedLate = 1, LongestLatenessMinutes = 90 },
            november.Figures[0]);
    }

    [Fact]
    public void Gaps_are_of_the_cameras_room_and_missed_notices_of_the_bookings()
    {
        Add("2026-11-02", "booking/book", "booking/a", """{"name":"Given","facts":{"room":{"value":"room-1"}}}""");
        Add("2026-11-02", "booking/start", "booking/a", """{"reason":"missing: Sticker, Spoken"}""", AuditResult.Refused);
        Add("2026-11-02", "booking/start", "booking/a", """{"reason":"can be started from nine"}""", AuditResult.Refused);
        Add("2026-11-02", "gap-began", "camera/camera-1", "{}");
        Add("2026-11-02", "gap-ended", "camera/camera-1", """{"since":"2026-11-02T09:00:00Z","until":"2026-11-02T09:03:00Z"}""");

        Assert.Equal(new RoomFigures { Room = "room-1", NoticesMissed = 1, Gaps = 1, GapMinutes = 3 }, november.Figures[0]);
    }

    [Fact]
    public void An_entry_about_what_no_earlier_entry_told_is_counted_and_shown_to_belong_nowhere()
    {
        Add("2026-11-02", "access-request/begin-viewing", "access-request/q", """{"name":"Begun","facts":{"viewing":1}}""");

        Assert.Equal(("unknown", 1), (november.Figures[^1].Room, november.Figures[^1].Viewings));
    }

    [Fact]
    public void Published_figures_leave_out_what_is_under_five_and_what_was_measured_of_so_few()
    {
        var room = new RoomFigures { Room = "room-1", Talks = 5, Recorded = 4, Viewings = 4, MinutesWatched = 80, Gaps = 5, GapMinutes = 2.25 };

        var published = PublishedFigures.Of(room, published: true).ToDictionary(figure => figure.Name, figure => figure.Value);
        var whole = PublishedFigures.Of(room, published: false).ToDictionary(figure => figure.Name, figure => figure.Value);

        Assert.Equal([5, null, null, null, 5, 2.2], new[] { "talks", "recorded", "viewings", "minutesWatched", "gaps", "gapMinutes" }.Select(name => published[name]));
        Assert.Equal([4, 4, 80], new[] { "recorded", "viewings", "minutesWatched" }.Select(name => whole[name]));
    }

    private void Add(string day, string deed, string subject, string detail, AuditResult result = AuditResult.Done) =>
        november.Add(new AuditRecord(++number, DateTimeOffset.Parse($"{day}T09:00:00Z", CultureInfo.InvariantCulture), "a", deed, subject, "portal", result, null, detail, "", "", ""));
}
