using System.Net;
using System.Security.Cryptography;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.Tool.Walking;

/// <summary>The way of one recording: booked, recorded, sealed, asked for, approved, looked at, erased. Its number tells the cameras apart.</summary>
internal sealed class Walk(int number, WalkOptions options, WalkSteps steps, IClusterClient cluster, RoomBooking rooms, TimeProvider clock)
{
    private static readonly Caller Reception = new("demo-reception", Roles.Reception);
    private static readonly Caller Administrator = new("demo-administrator", Roles.CameraAdministrator);
    private static readonly Caller Secretary = new("demo-secretary", Roles.Secretary);

    // Reminders tick within a second or two; a busy machine gets this much before the step fails.
    private static readonly TimeSpan ErasureWait = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan TalkMargin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly BookingId booking = new($"walk-{Guid.CreateVersion7():N}");
    private readonly AccessRequestId request = AccessRequestId.New();

    private string? playlist;

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
        using var player = new Player(options.Portal, options.Certificates);
        await player.SignIn(Administrator.Subject);
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
        var refused = Expect<StartOutcome.NoticesMissing>(await rooms.StartTalk(booking, spokenNoticeGiven: false));
        await rooms.RecordLetter(booking, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        using (As(Reception))
        {
            await cluster.Room(Room).CheckSticker();
        }

        return $"refused while missing {string.Join(", ", refused.Missing)}; letter and sticker recorded since";
    }

    private async Task<string> Start()
    {
        var outcome = await rooms.StartTalk(booking, spokenNoticeGiven: true);
        if (outcome is StartOutcome.CameraNotReady { Camera: var camera, Fault: var fault })
        {
            Result.Camera = options.Cameras.ElementAtOrDefault(number) ?? camera.Value;
            throw new InvalidOperationException($"{camera} does not record: {fault}{(fault == CameraFault.NoSound ? " (it offers no sound, and picture alone is not recorded, R6)" : "")}");
        }

        Recording = Expect<StartOutcome.Started>(outcome).Recording;
        Result.Id = Recording.ToString();
        var view = await Find();
        Result.Camera = CameraAddress(view.Camera!.Id);
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
        var view = await Read();
        Result.Parts = view.Parts.Length;
        Result.VideoFrames = view.Parts.Sum(part => part.VideoFrames);
        Result.AudioSeconds = Math.Round(view.Parts.Sum(part => part.Sound.TotalSeconds), 3);
        Result.SealedBytes = view.Parts.Sum(part => part.SealedBytes);
        return view.Stage == RecordingStage.Sealed && view.Parts.All(part => part.State == PartState.Closed)
            ? $"{Result.Parts} part(s), {Result.VideoFrames} pictures, {Result.AudioSeconds:F1} s of sound, {Result.SealedBytes} sealed bytes; can be read until {view.ExpiresAt:O}"
            : throw new InvalidOperationException($"It is {view.Stage}.");
    }

    private async Task<string> RefuseWithoutGrant()
    {
        using var player = new Player(options.Portal, options.Certificates);
        await player.SignIn(Administrator.Subject);
        var (_, administrator) = await player.Begin(request.Value);
        await player.SignIn(Secretary.Subject);
        var (_, secretary) = await player.Begin(request.Value);
        return administrator == HttpStatusCode.Forbidden && secretary == HttpStatusCode.Forbidden
            ? "administrator without grant: 403; secretary, who never sees a picture: 403"
            : throw new InvalidOperationException($"It answered {administrator} and {secretary}.");
    }

    private async Task<string> AskAndApprove()
    {
        var view = await Read();
        var window = new TimeRange(view.Parts.Min(part => part.Span.From), view.Parts.Max(part => part.Span.Until));
        using (As(Administrator))
        {
            Expect<AskOutcome.Asked>(await cluster.AccessRequest(request).Ask(
                new AccessQuestion(Recording, window, Purpose.ReportToPolice, new CaseReference(Guid.NewGuid().ToString()))));
        }

        using (As(Secretary))
        {
            var grant = Expect<Decision.Approved>(await cluster.AccessRequest(request).Approve()).Grant;
            return $"{request}: {grant.Person} may look at {grant.Window.Length.TotalSeconds:F1} s, {grant.Viewings} time, until {grant.ValidUntil:O}";
        }
    }

    private async Task<string> Look(Player player)
    {
        (playlist, var status) = await player.Begin(request.Value);
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
        var (_, status) = await player.Begin(request.Value);
        return status == HttpStatusCode.Gone ? "a second viewing answers 410" : throw new InvalidOperationException($"A second viewing answered {(int)status}.");
    }

    private async Task<string> RefuseExpired(Player player)
    {
        var due = (await Read()).ExpiresAt!.Value;
        var left = due - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, clock);
        }

        using var _ = As(Administrator);
        var outcome = await cluster.AccessRequest(AccessRequestId.New()).Ask(
            new AccessQuestion(Recording, new TimeRange(due - TimeSpan.FromSeconds(1), due), Purpose.Complaint, new CaseReference(Guid.NewGuid().ToString())));
        var status = await player.Ask(playlist!);
        return outcome is AskOutcome.Gone && status is HttpStatusCode.Gone or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? $"term passed at {due:O}; a new request: {((IOutcome)outcome).Refusal}; the old playlist: {(int)status}"
            : throw new InvalidOperationException($"It answered {outcome} and {status}.");
    }

    private async Task<string> AwaitErasure()
    {
        var begun = clock.GetTimestamp();
        var view = await Read();
        while (view.Stage != RecordingStage.Erased)
        {
            if (clock.GetElapsedTime(begun) > ErasureWait)
            {
                throw new InvalidOperationException($"It is still {view.Stage} after {ErasureWait.TotalSeconds} s.");
            }

            await Task.Delay(LookEvery, clock);
            view = await Read();
        }

        var certificate = view.Certificate!;
        Result.Erasure = new WalkedErasure(certificate.Number, certificate.DueAt, certificate.ErasedAt, certificate.OpensAfterwards);
        var left = options.VaultFolder is { } folder ? Directory.EnumerateFiles(folder, $"{Recording.Value:N}*").Count() : 0;
        return certificate is { OpensAfterwards: false } && left == 0
            ? $"certificate {certificate.Number}: {certificate.Parts.Length} part(s), {certificate.Lateness.TotalSeconds:F1} s after its term, by {certificate.By}; no file of it is left, and it no longer opens"
            : throw new InvalidOperationException($"Certificate {certificate.Number} says that it opens: {certificate.OpensAfterwards}; {left} file(s) are left.");
    }

    private async Task<RecordingView> Read()
    {
        using var _ = As(Administrator);
        return await cluster.Recording(Recording).Read();
    }

    private async Task<RoomView> Find()
    {
        using var _ = As(Reception);
        return await cluster.Room(Room).Read();
    }

    // The first camera of the configuration hangs in the first room, and so on.
    private string CameraAddress(CameraId camera) =>
        options.Cameras.FirstOrDefault(address => address.StartsWith($"{camera} ", StringComparison.Ordinal)) ?? camera.Value;

    private static IDisposable As(Caller caller) => CallerContext.Use(CallerToken.Of(caller));

    private static T Expect<T>(IOutcome outcome)
        where T : IOutcome =>
        outcome is T expected ? expected : throw new InvalidOperationException($"The answer was {outcome.GetType().Name}: {outcome.Refusal ?? "not what this step expects"}.");
}
