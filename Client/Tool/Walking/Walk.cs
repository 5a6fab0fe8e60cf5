using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tool.Walking;

/// <summary>The way of one recording: booked, recorded, sealed, asked for, approved, looked at, erased. Its number tells the cameras apart.</summary>
/// <remarks>The booking system's steps go through the client library; what people do goes through the portal.</remarks>
internal sealed class Walk(int number, WalkOptions options, WalkSteps steps, IClusterClient cluster, RoomBooking rooms, IReadOnlyList<People> portals, TimeProvider clock)
{
    // Reminders tick within a second or two; a busy machine gets this much before the step fails.
    private static readonly SiteId TownHall = new("town-hall"); // as the silo is told that comes with the walk

    private static readonly TimeSpan ErasureWait = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan TalkMargin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly BookingId booking = new($"walk-{Guid.CreateVersion7():N}");
    private readonly string request = AccessRequestId.New().ToString();

    private string? playlist;

    // A recording is looked at through the portal of the silo that made it.
    private People people = portals[number % portals.Count];

    public WalkedRecording Result { get; } = new();

    private RecordingId Recording { get; set; }

    private RoomId Room { get; set; }

    public async Task Take(Task othersStarted, TaskCompletionSource started)
    {
        try
        {
            await Step("booked: a raised risk gets a camera room (R1)", Book);
        }
        finally
        {
            started.TrySetResult();
        }

        await othersStarted;
        await Step("told: without the three notices nothing starts (R3)", RefuseWithoutNotices);
        await Step("started: the first fragment is on disk (R2)", Start);
        try
        {
            await Step("recorded: picture and sound, in numbers", Record);
        }
        finally
        {
            await Step("stopped and sealed", Stop);
        }

        await Step("nobody looks without the secretary's word (R12)", RefuseWithoutGrant);
        await Step("asked and approved", AskAndApprove);
        var player = new Player(options.Portal, people.Administrator);
        await Step("looked at, each fragment against the grant (R14)", () => Look(player));
        await Step("a grant is for one viewing (R13)", () => RefuseSecond(player));
        await Step("unreadable from the moment its term passed (R8)", () => RefuseExpired(player));
        await Step("erased by its reminder, with a certificate (R9)", AwaitErasure);
    }

    private Task Step(string name, Func<Task<string>> step) => steps.Take($"{name} [{Room.Value ?? $"camera {number + 1}"}]", step);

    private async Task<string> Book()
    {
        var now = clock.GetUtcNow();
        var assessment = new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]);
        var time = new TimeRange(now, now + options.RecordFor + TalkMargin);
        var outcome = await rooms.Book(booking, time, assessment);
        if (outcome is BookOutcome.NoneFree { NextFree: [var next, ..] })
        {
            // An earlier walk may have been broken off; a talk may be started before its time.
            outcome = await rooms.Book(booking, next, assessment);
        }

        Room = Expect<BookOutcome.Given>(outcome).Room;
        Result.Room = Room.Value;
        return $"booking {booking} has {Room}";
    }

    private async Task<string> RefuseWithoutNotices()
    {
        var refused = Expect<StartOutcome.NoticesMissing>(await rooms.StartTalk(booking, spokenIn: null));
        var notices = await rooms.Notices(TownHall, Language.Dutch) ?? throw new InvalidOperationException("No regulation is in force, so there is no letter to send.");
        await rooms.RecordLetter(booking, new LetterNotice(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), notices.TextVersion, notices.Language));
        (await people.Reception.Post($"/rooms/{Room}/sticker")).Expect(HttpStatusCode.NoContent);
        return $"refused while missing {string.Join(", ", refused.Missing)}; letter and sticker recorded since";
    }

    private async Task<string> Start()
    {
        var outcome = await rooms.StartTalk(booking, Language.Dutch);
        if (outcome is StartOutcome.CameraNotReady { Camera: var camera, Fault: var fault })
        {
            Result.Camera = options.Cameras.ElementAtOrDefault(number) ?? camera.Value;
            throw new InvalidOperationException($"{camera} does not record: {fault}{(fault == CameraFault.NoSound ? " (it offers no sound, and picture alone is not recorded, R6)" : "")}");
        }

        Recording = Expect<StartOutcome.Started>(outcome).Recording;
        Result.Id = Recording.ToString();
        var view = await Find();
        Result.Camera = CameraAddress(view.Camera!.Id);
        people = PortalOf(view.Camera.Id);
        return $"{Recording} from {Result.Camera}; the talk's start answered when the fragment was flushed";
    }

    private async Task<string> Record()
    {
        await Task.Delay(options.RecordFor, clock);
        var health = (await Find()).Camera?.Health ?? throw new InvalidOperationException("The camera tells nothing.");
        return health.Gap is null
            ? $"{health.FramesPerSecond:F1} pictures/s, {health.KilobitsPerSecond:F0} kbit/s, {health.SoundSamplesPerSecond:F0} sound samples/s, no gap"
            : throw new InvalidOperationException($"Nothing is recorded since {health.Gap.Since:O}: {health.Gap.Fault}.");
    }

    private async Task<string> Stop()
    {
        Expect<StopOutcome.Stopped>(await rooms.StopTalk(booking));
        var recording = await Read();
        var parts = recording.GetProperty("parts").EnumerateArray().ToList();
        var stage = recording.GetProperty("stage").GetString();
        Result.Parts = parts.Count;
        Result.VideoFrames = parts.Sum(part => part.GetProperty("videoFrames").GetInt64());
        Result.AudioSeconds = Math.Round(parts.Sum(part => part.GetProperty("soundSeconds").GetDouble()), 3);
        Result.SealedBytes = parts.Sum(part => part.GetProperty("sealedBytes").GetInt64());
        return stage == "sealed" && parts.All(part => part.GetProperty("state").GetString() == "closed")
            ? $"{Result.Parts} part(s), {Result.VideoFrames} pictures, {Result.AudioSeconds:F1} s of sound, {Result.SealedBytes} sealed bytes; can be read until {ExpiryOf(recording):O}"
            : throw new InvalidOperationException($"It is {stage}.");
    }

    private async Task<string> RefuseWithoutGrant()
    {
        var (_, administrator) = await Player.Begin(people.Administrator, request);
        var (_, secretary) = await Player.Begin(people.Secretary, request);
        return administrator == HttpStatusCode.NotFound && secretary == HttpStatusCode.Forbidden
            ? "administrator who never asked: 404, as if there were nothing; secretary, who never sees a picture: 403"
            : throw new InvalidOperationException($"It answered {administrator} and {secretary}.");
    }

    private async Task<string> AskAndApprove()
    {
        var spans = (await Read()).GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("span")).ToList();
        var window = new TimeRange(spans.Min(span => Moment(span, "from")), spans.Max(span => Moment(span, "until")));
        (await Ask(request, window, Purpose.ReportToPolice)).Expect(HttpStatusCode.OK);
        var (_, undecided) = await Player.Begin(people.Administrator, request);
        if (undecided != HttpStatusCode.Forbidden)
        {
            throw new InvalidOperationException($"Before the secretary's word a viewing answered {(int)undecided}.");
        }

        var draft = (await people.Secretary.Get($"/access-requests/{request}/draft")).Expect(HttpStatusCode.OK);
        var approval = new { statement = draft.GetProperty("statement") }; // the demo signs for its people, who have no passkey in their hands
        var grant = (await people.Secretary.Post($"/access-requests/{request}/approve", approval)).Expect(HttpStatusCode.OK).GetProperty("grant");
        var allowed = grant.GetProperty("window");
        return $"{request}: {grant.GetProperty("person").GetString()} may look at {(Moment(allowed, "until") - Moment(allowed, "from")).TotalSeconds:F1} s, "
            + $"{grant.GetProperty("viewings").GetInt32()} time, until {Moment(grant, "validUntil"):O}";
    }

    private async Task<string> Look(Player player)
    {
        (playlist, var status) = await player.Begin(request);
        if (playlist is null)
        {
            throw new InvalidOperationException($"The viewing was refused: {(int)status}.");
        }

        var received = await player.Play(playlist);
        await player.End(playlist);
        var (video, audio) = await Measured.Of(received);
        string? file = null;
        if (options.Viewing is { } folder)
        {
            Directory.CreateDirectory(folder);
            file = Path.Combine(folder, $"{Recording}.mp4");
            await File.WriteAllBytesAsync(file, received);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(received));
        Result.Viewing = new WalkedViewing(file, received.Length, digest, video, audio);
        return video > 0 && audio > 0
            ? $"{received.Length} bytes, {video:F1} s of picture, {audio:F1} s of sound, sha256 {digest[..16]}…"
            : throw new InvalidOperationException($"The player received {video} s of picture and {audio} s of sound.");
    }

    private async Task<string> RefuseSecond(Player player)
    {
        var (_, status) = await player.Begin(request);
        return status == HttpStatusCode.Gone ? "a second viewing answers 410" : throw new InvalidOperationException($"A second viewing answered {(int)status}.");
    }

    private async Task<string> RefuseExpired(Player player)
    {
        var due = ExpiryOf(await Read());
        var left = due - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock);
        }

        var asked = await Ask(AccessRequestId.New().ToString(), new TimeRange(due - TimeSpan.FromSeconds(1), due), Purpose.Complaint);
        var status = await player.Ask(playlist!);
        return asked.Status == HttpStatusCode.Gone && status is HttpStatusCode.Gone or HttpStatusCode.NotFound
            ? $"term passed at {due:O}; a new request: {asked.Body.GetProperty("title").GetString()}; the old playlist: {(int)status}"
            : throw new InvalidOperationException($"It answered {asked.Status} and {status}.");
    }

    private async Task<string> AwaitErasure()
    {
        var begun = clock.GetTimestamp();
        var recording = await Read();
        while (recording.GetProperty("stage").GetString() is var stage && stage != "erased")
        {
            if (clock.GetElapsedTime(begun) > ErasureWait)
            {
                throw new InvalidOperationException($"It is still {stage} after {ErasureWait.TotalSeconds} s.");
            }

            await Task.Delay(LookEvery, clock);
            recording = await Read();
        }

        var certificate = recording.GetProperty("certificate");
        var erasure = new WalkedErasure(
            certificate.GetProperty("number").GetInt64(), Moment(certificate, "dueAt"), Moment(certificate, "erasedAt"), certificate.GetProperty("opensAfterwards").GetBoolean());
        Result.Erasure = erasure;
        var left = options.VaultFolders.Where(Directory.Exists).Sum(folder => Directory.EnumerateFiles(folder, $"{Recording.Value:N}*").Count());
        return erasure is { OpensAfterwards: false } && left == 0
            ? $"certificate {erasure.Certificate}: {certificate.GetProperty("parts").GetArrayLength()} part(s), {certificate.GetProperty("latenessSeconds").GetDouble():F1} s after its term, "
                + $"by {certificate.GetProperty("by").GetString()}; no file of it is left, and it no longer opens"
            : throw new InvalidOperationException($"Certificate {erasure.Certificate} says that it opens: {erasure.OpensAfterwards}; {left} file(s) are left.");
    }

    private async Task<JsonElement> Read() => (await people.Administrator.Get($"/recordings/{Recording}")).Expect(HttpStatusCode.OK);

    private Task<PortalAnswer> Ask(string id, TimeRange window, Purpose purpose) =>
        people.Administrator.Put($"/access-requests/{id}", new { Recording = Recording.ToString(), window = new { window.From, window.Until }, purpose, @case = Guid.NewGuid().ToString() });

    private Task<RoomView> Find() => cluster.Room(Room).Read();

    private static DateTimeOffset ExpiryOf(JsonElement recording) => Moment(recording, "expiresAt");

    private static DateTimeOffset Moment(JsonElement holder, string name) => holder.GetProperty(name).GetDateTimeOffset();

    // The first camera of the configuration hangs in the first room, and so on.
    private string CameraAddress(CameraId camera) =>
        options.Cameras.FirstOrDefault(address => address.StartsWith($"{camera} ", StringComparison.Ordinal)) ?? camera.Value;

    private People PortalOf(CameraId camera)
    {
        var place = options.Cameras.ToList().FindIndex(address => address.StartsWith($"{camera} ", StringComparison.Ordinal));
        return portals[Math.Max(place, 0) % portals.Count];
    }

    private static T Expect<T>(IOutcome outcome)
        where T : IOutcome =>
        outcome is T expected ? expected : throw new InvalidOperationException($"The answer was {outcome.GetType().Name}: {outcome.Refusal ?? "not what this step expects"}.");
}
