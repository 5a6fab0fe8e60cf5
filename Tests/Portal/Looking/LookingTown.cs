using System.Net;
using System.Text.Json.Nodes;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Identity;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Looking;

/// <summary>One silo, its camera and a browser for all who look there, and one recording that everybody may be allowed to see.</summary>
public sealed class LookingTown : IAsyncLifetime
{
    private const int Fragments = 14;

    private static readonly TimeSpan RecordWait = TimeSpan.FromSeconds(60);
    private static readonly Caller Secretary = new("demo-secretary", Roles.Secretary);

    private readonly string[] cameraOptions;
    private CameraProcess camera = null!;
    private TownHallBrowser browser = null!;

    public LookingTown()
        : this([])
    {
    }

    internal LookingTown(string[] cameraOptions) => this.cameraOptions = cameraOptions;

    internal SiloProcess Silo { get; private set; } = null!;

    /// <summary>Kept for 14 days.</summary>
    internal RecordingId Recording { get; private set; }

    public async ValueTask InitializeAsync()
    {
        camera = await CameraProcess.Start(cameraOptions);
        Silo = await SiloProcess.Start(camera);
        browser = await TownHallBrowser.Open(Silo.Certificates);
        Recording = await Record(Fragments);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await Silo.DisposeAsync();
        await camera.DisposeAsync();
    }

    /// <summary>A talk that is recorded until there are so many fragments.</summary>
    internal async Task<RecordingId> Record(int fragments)
    {
        var (booking, outcome) = await Silo.StartTalk();
        var recording = Assert.IsType<StartOutcome.Started>(outcome).Recording;
        await SiloProcess.Until(async () => (await Silo.Read(recording)).Parts.Sum(part => part.Fragments) >= fragments, RecordWait, () => $"No {fragments} fragments came.\n{Silo.Log}");
        await Silo.StopTalk(booking);
        return recording;
    }

    internal Task<Desk> Desk() => browser.Desk(Silo.Portal);

    internal async Task<Desk> SignInAs(string dutch)
    {
        var desk = await Desk();
        await desk.SignInAs(dutch);
        return desk;
    }

    /// <summary>Somebody asks for all of a recording.</summary>
    internal async Task<AccessRequestId> Ask(Caller person, RecordingId recording)
    {
        var (request, parts) = (AccessRequestId.New(), (await Silo.Read(recording)).Parts);
        using var _ = SiloProcess.As(person);
        var window = new TimeRange(parts[0].Span.From, parts[^1].Span.Until);
        Assert.IsType<AskOutcome.Asked>(await Silo.Client.AccessRequest(request).Ask(new AccessQuestion(recording, window, Purpose.Complaint, new CaseReference("case-1"))));
        return request;
    }

    /// <summary>Somebody asks for all of a recording, and the secretary says yes: as long as a grant holds, or until a moment.</summary>
    internal async Task<AccessRequestId> Grant(Caller person, RecordingId recording, DateTimeOffset? until = null)
    {
        var request = await Ask(person, recording);
        using var secretary = await Silo.SignIn(Secretary.Subject);
        var (_, draft) = await secretary.Ask(HttpMethod.Get, $"/access-requests/{request}/draft");
        var statement = JsonNode.Parse(draft.GetProperty("statement").GetRawText())!;
        if (until is { } end)
        {
            statement["validUntil"] = $"{end:O}";
        }

        var (approved, why) = await secretary.Ask(HttpMethod.Post, $"/access-requests/{request}/approve", new { statement });
        Assert.True(approved == HttpStatusCode.OK, $"{why}");
        return request;
    }

    /// <summary>A grant that a test no longer needs: the others find none of it.</summary>
    internal async Task Withdraw(AccessRequestId request)
    {
        using var _ = SiloProcess.As(Secretary);
        await Silo.Client.AccessRequest(request).Withdraw(WithdrawalReason.NoLongerNecessary);
    }

    internal async Task<AccessRequestView> Read(AccessRequestId request)
    {
        using var _ = SiloProcess.As(Secretary);
        return await Silo.Client.AccessRequest(request).Read();
    }
}

/// <summary>Those who look at one recording, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LookingCollection : ICollectionFixture<LookingTown>
{
    public const string Name = "looking";
}
