using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>One silo with four rooms, each with a real camera. Tests share it, each with talks of its own, and leave every camera well.</summary>
public sealed class FourRooms : IAsyncLifetime
{
    private const int Rooms = 4;

    private static readonly Caller Official = new("official-1", Roles.Official | Roles.Reception);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly CameraProcess[] cameras = new CameraProcess[Rooms];

    internal SiloProcess Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(async place => cameras[place] = await CameraProcess.Start("--size", "320x180", "--kbps", "300")));
        var settings = new Dictionary<string, string>();
        for (var place = 0; place < Rooms; place++)
        {
            settings[$"Site__Rooms__room-{place + 1}__Camera"] = $"camera-{place + 1}";
            settings[$"Cameras__camera-{place + 1}__Address"] = cameras[place].Address;
            settings[$"Cameras__camera-{place + 1}__CredentialsFile"] = cameras[place].CredentialsFile;
        }

        Silo = await SiloProcess.Start(cameras[0], settings: settings);
    }

    public async ValueTask DisposeAsync()
    {
        await (Silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        foreach (var camera in cameras.OfType<CameraProcess>())
        {
            await camera.DisposeAsync();
        }
    }

    /// <summary>Talks at the same time, each in a room that the town hall gives.</summary>
    internal async Task<List<TalkInRoom>> StartTalks(int count)
    {
        var talks = new List<TalkInRoom>();
        var now = TimeProvider.System.GetUtcNow();
        using var _ = SiloProcess.As(Official);
        for (var i = 0; i < count; i++)
        {
            var booking = new BookingId(Guid.NewGuid().ToString());
            var grain = Silo.Client.Booking(booking);
            var room = Assert.IsType<BookOutcome.Given>(await grain.Book(new BookingRequest(new TimeRange(now, now.AddHours(1)), new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices])))).Room;
            await grain.RecordLetter(new LetterNotice(DateOnly.FromDateTime(now.UtcDateTime), "model-1", Language.Dutch));
            await Silo.Client.Room(room).CheckSticker();
            var started = await grain.StartTalk(Language.Dutch);
            Assert.True(started is StartOutcome.Started, $"{room}: {started}\n{Silo.Log}");
            talks.Add(new TalkInRoom(booking, ((StartOutcome.Started)started).Recording, room, cameras[int.Parse(room.Value[^1..], System.Globalization.CultureInfo.InvariantCulture) - 1]));
        }

        return talks;
    }

    /// <summary>What the camera of a talk does not give now; null when all is well.</summary>
    internal async Task<CaptureGap?> GapOf(TalkInRoom talk)
    {
        using var _ = SiloProcess.As(new Caller("operator-1", Roles.Operator));
        return (await Silo.Client.Room(talk.Room).Read()).Camera!.Health?.Gap;
    }

    internal async Task<IReadOnlyList<Part>> PartsOf(TalkInRoom talk) => (await Silo.Read(talk.Recording)).Parts;

    /// <summary>Waits until so many fragments more are on disk.</summary>
    internal async Task Grows(TalkInRoom talk, int fragments)
    {
        var before = (await PartsOf(talk)).Sum(part => part.Fragments);
        await SiloProcess.Until(async () => (await PartsOf(talk)).Sum(part => part.Fragments) >= before + fragments, Soon, () => $"Nothing is added in {talk.Room}.\n{Silo.Log}");
    }

    /// <summary>What was made of a talk that is over plays, frame for frame, and nothing is there twice.</summary>
    internal async Task<IReadOnlyList<Part>> CheckWhole(TalkInRoom talk)
    {
        var view = await Silo.Read(talk.Recording);
        Assert.Equal(RecordingStage.Sealed, view.Stage);
        Assert.All(view.Parts, part => Assert.Equal((PartState.Closed, talk.Room), (part.State, part.Room)));
        Assert.All(view.Parts.Zip(view.Parts.Skip(1)), pair => Assert.True(pair.First.Span.Until <= pair.Second.Span.From, $"{pair.First} and {pair.Second} overlap"));
        var whole = await Viewer.Play(Silo, talk.Recording, new TimeRange(view.Parts[0].Span.From, view.Parts[^1].Span.Until));
        Assert.Equal(view.Parts.Sum(part => part.VideoFrames), (await Viewer.Decode(whole)).Frames);
        return view.Parts;
    }
}

/// <summary>A talk that is recorded.</summary>
internal sealed record TalkInRoom(BookingId Booking, RecordingId Recording, RoomId Room, CameraProcess Camera)
{
    /// <summary>The ffmpeg that has its camera.</summary>
    public List<int> Recorders() => SiloProcess.RecordersOf(Camera);
}
