using System.Collections.Immutable;
using System.Text.Json;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Reports;

/// <summary>Counts what the trail tells of a period, room by room.</summary>
/// <remarks>
/// The trail is the one source, so that whoever checks its chain has checked the report. It is read from its beginning: an
/// entry of the period may be about a talk before it, and only earlier entries say in which room that was. Every call may
/// be repeated, and is then in the trail twice; what is counted is the deed.
/// </remarks>
public sealed class RoomReport
{
    private static readonly TimeSpan LatestErasure = TimeSpan.FromHours(1); // R9

    private readonly ReportPeriod period;
    private readonly Dictionary<string, Action<AuditRecord, JsonElement>> readers;
    private readonly Dictionary<string, RoomFigures> figures;
    private readonly Dictionary<string, string> roomOfCamera;
    private readonly Dictionary<string, string> roomOfBooking = [];
    private readonly Dictionary<string, string> roomOfRecording = [];
    private readonly Dictionary<string, string> roomOfRequest = [];
    private readonly HashSet<string> counted = [];

    public RoomReport(SitePlan plan, ReportPeriod period)
    {
        this.period = period;
        figures = plan.Rooms.ToDictionary(room => room.Id.Value, room => new RoomFigures { Room = room.Id.Value });
        roomOfCamera = plan.Rooms.Where(room => room.Camera is not null).ToDictionary(room => $"camera/{room.Camera}", room => room.Id.Value);
        readers = new()
        {
            ["booking/book"] = ReadRoom,
            ["booking/rebook"] = ReadRoom,
            ["booking/reassess"] = ReadRoom,
            ["booking/swap"] = ReadRoom,
            ["booking/start"] = ReadStart,
            ["booking/start-unrecorded"] = ReadStart,
            ["booking/object"] = ReadObjection,
            ["booking/uphold"] = ReadObjection,
            ["booking/reject"] = ReadObjection,
            ["access-request/ask"] = ReadRequest,
            ["access-request/approve"] = ReadDecision,
            ["access-request/refuse"] = ReadDecision,
            ["access-request/begin-viewing"] = ReadViewing,
            ["watched"] = ReadWatched,
            ["certificate"] = ReadCertificate,
            ["gap-began"] = (entry, _) => Count(entry, RoomOf(roomOfCamera, entry.Subject), $"gap {entry.Number}", room => room with { Gaps = room.Gaps + 1 }),
            ["gap-ended"] = ReadGap,
        };
    }

    /// <summary>The rooms of the site in their order; and behind them those that the plan no longer has.</summary>
    public ImmutableArray<RoomFigures> Figures => [.. figures.Values];

    /// <summary>To be called with every entry of the trail, in order.</summary>
    public void Add(AuditRecord entry)
    {
        if (entry.Result == AuditResult.Done && readers.TryGetValue(entry.Deed, out var read))
        {
            using var detail = JsonDocument.Parse(entry.Detail);
            read(entry, detail.RootElement);
        }
        else if (entry is { Result: AuditResult.Refused, Deed: "booking/start" })
        {
            using var detail = JsonDocument.Parse(entry.Detail);
            ReadRefusedStart(entry, detail.RootElement);
        }
    }

    private void ReadRoom(AuditRecord entry, JsonElement detail)
    {
        if (Text(detail, "facts", "room", "value") is { } room)
        {
            roomOfBooking[entry.Subject] = room;
        }
    }

    private void ReadRefusedStart(AuditRecord entry, JsonElement detail)
    {
        if (Text(detail, "reason")?.StartsWith("missing: ", StringComparison.Ordinal) == true)
        {
            Count(entry, RoomOf(roomOfBooking, entry.Subject), $"missed {entry.Number}", figure => figure with { NoticesMissed = figure.NoticesMissed + 1 });
        }
    }

    private void ReadStart(AuditRecord entry, JsonElement detail)
    {
        var room = RoomOf(roomOfBooking, entry.Subject);
        var recording = Text(detail, "facts", "recording", "value");
        if (recording is not null)
        {
            roomOfRecording[recording] = room;
        }

        Count(entry, room, $"start {entry.Subject}", figure => figure with { Talks = figure.Talks + 1, Recorded = figure.Recorded + (recording is null ? 0 : 1) });
    }

    private void ReadObjection(AuditRecord entry, JsonElement detail)
    {
        if (entry.Result == AuditResult.Done && Number(detail, "facts", "objection", "number") is { } number)
        {
            var room = Text(detail, "facts", "room", "value") ?? RoomOf(roomOfBooking, entry.Subject);
            Count(entry, room, $"{entry.Deed} {entry.Subject} {number}", figure => Text(detail, "name") switch
            {
                "Upheld" => figure with { ObjectionsUpheld = figure.ObjectionsUpheld + 1 },
                "Rejected" => figure with { ObjectionsRejected = figure.ObjectionsRejected + 1 },
                _ => figure with { Objections = figure.Objections + 1 },
            });
        }
    }

    private void ReadRequest(AuditRecord entry, JsonElement detail)
    {
        if (Text(detail, "facts", "recording", "value") is { } recording)
        {
            roomOfRequest[entry.Subject] = RoomOf(roomOfRecording, recording);
            Count(entry, roomOfRequest[entry.Subject], $"ask {entry.Subject}", figure => figure with { Requests = figure.Requests + 1 });
        }
    }

    // A later decision is answered with the one that stands.
    private void ReadDecision(AuditRecord entry, JsonElement detail)
    {
        if (Text(detail, "name") is "Approved" or "Refused")
        {
            var approved = Text(detail, "name") == "Approved";
            Count(entry, RoomOf(roomOfRequest, entry.Subject), $"decision {entry.Subject}", figure => approved
                ? figure with { Approved = figure.Approved + 1 }
                : figure with { Refused = figure.Refused + 1 });
        }
    }

    private void ReadViewing(AuditRecord entry, JsonElement detail)
    {
        if (Number(detail, "facts", "viewing") is { } viewing)
        {
            Count(entry, RoomOf(roomOfRequest, entry.Subject), $"viewing {entry.Subject} {viewing}", figure => figure with { Viewings = figure.Viewings + 1 });
        }
    }

    private void ReadWatched(AuditRecord entry, JsonElement detail) =>
        Count(entry, RoomOf(roomOfRequest, entry.Subject), $"watched {entry.Number}", figure => figure with { MinutesWatched = figure.MinutesWatched + ((Number(detail, "seconds") ?? 0) / 60) });

    private void ReadCertificate(AuditRecord entry, JsonElement detail)
    {
        if (Time(detail, "dueAt") is { } due && Time(detail, "erasedAt") is { } erased)
        {
            var late = erased - due;
            Count(entry, Text(detail, "room") ?? Unknown, $"erasure {entry.Subject}", figure => figure with
            {
                Erasures = figure.Erasures + 1,
                ErasedLate = figure.ErasedLate + (late > LatestErasure ? 1 : 0),
                LongestLatenessMinutes = Math.Max(figure.LongestLatenessMinutes, late.TotalMinutes),
            });
        }
    }

    private void ReadGap(AuditRecord entry, JsonElement detail)
    {
        if (Time(detail, "since") is { } since && Time(detail, "until") is { } until)
        {
            Count(entry, RoomOf(roomOfCamera, entry.Subject), $"gap-ended {entry.Number}", figure => figure with { GapMinutes = figure.GapMinutes + (until - since).TotalMinutes });
        }
    }

    // What an entry that is lost would have told: it is counted, and shown to belong nowhere.
    private const string Unknown = "unknown";

    private static string RoomOf(Dictionary<string, string> rooms, string key) => rooms.GetValueOrDefault(key, Unknown);

    private void Count(AuditRecord entry, string room, string once, Func<RoomFigures, RoomFigures> with)
    {
        // A repeat in a later period belongs to the first time, so that is remembered also outside the period.
        if (counted.Add(once) && period.Contains(entry.At))
        {
            figures[room] = with(figures.GetValueOrDefault(room) ?? new RoomFigures { Room = room });
        }
    }

    private static JsonElement? Find(JsonElement detail, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (detail.ValueKind != JsonValueKind.Object || !detail.TryGetProperty(name, out detail))
            {
                return null;
            }
        }

        return detail;
    }

    private static string? Text(JsonElement detail, params ReadOnlySpan<string> path) =>
        Find(detail, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static double? Number(JsonElement detail, params ReadOnlySpan<string> path) =>
        Find(detail, path) is { ValueKind: JsonValueKind.Number } found ? found.GetDouble() : null;

    private static DateTimeOffset? Time(JsonElement detail, params ReadOnlySpan<string> path) =>
        Find(detail, path) is { ValueKind: JsonValueKind.String } found && found.TryGetDateTimeOffset(out var time) ? time : null;
}
