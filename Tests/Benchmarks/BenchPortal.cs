using System.Net;
using System.Text.RegularExpressions;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Tool.Walking;

namespace RecordingCluster.Benchmarks;

/// <summary>A silo in a process of its own, as in service but for the demo's sign-in: real camera, vault, database and TLS. Three people there are camera administrators.</summary>
internal sealed partial class BenchPortal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly BenchCamera camera;
    private readonly SiloRun silo;

    private BenchPortal(BenchCamera camera, SiloRun silo) => (this.camera, this.silo) = (camera, silo);

    public Uri Address => silo.Address;

    public string Certificates => silo.Certificates;

    /// <summary>Those who look.</summary>
    public IReadOnlyList<Person> Administrators { get; private set; } = [];

    public static async Task<BenchPortal> Start(string folder)
    {
        var camera = await BenchCamera.Start(secondsPerFragment: 1);
        var portal = new BenchPortal(camera, SiloRun.Begin(folder, camera.Address));
        await portal.silo.Ready(Patience);
        await portal.Prepare();
        return portal;
    }

    /// <summary>Records a talk so long, and answers its recording and the span of its one part.</summary>
    public async Task<(string Recording, object Window)> Record(TimeSpan length)
    {
        var (reference, now) = ($"bench-{Guid.NewGuid()}", TimeProvider.System.GetUtcNow());
        using var official = await SignIn("demo-official");
        using var reception = await SignIn("demo-reception");
        (await official.Post("/bookings", new { reference, time = new { from = now, until = now.AddHours(1) }, assessment = new { risk = "raised", grounds = new[] { "threat" }, weighed = new[] { "noneSuffices" } } })).Expect(HttpStatusCode.OK);
        (await official.Post("/bookings/letter", new { reference, sentOn = "2026-11-01", textVersion = "model-1", language = Language.Dutch })).Expect(HttpStatusCode.NoContent);
        (await reception.Post("/rooms/room-1/sticker")).Expect(HttpStatusCode.NoContent);
        var recording = (await official.Post("/bookings/start", new { reference, spokenIn = Language.Dutch })).Expect(HttpStatusCode.OK).GetProperty("recording").GetString()!;
        await Task.Delay(length, TimeProvider.System);
        (await official.Post("/bookings/stop", new { reference })).Expect(HttpStatusCode.OK);
        var span = (await Administrators[0].Get($"/recordings/{recording}")).Expect(HttpStatusCode.OK).GetProperty("parts")[0].GetProperty("span");
        return (recording, new { from = span.GetProperty("from").GetString(), until = span.GetProperty("until").GetString() });
    }

    /// <summary>Asked, approved and begun: each viewing with who looks, its request and its playlist.</summary>
    public async Task<List<(Person Person, string Request, Uri Playlist)>> Begin(int viewings, string recording, object window)
    {
        var begun = new List<(Person, string, Uri)>();
        using var secretary = await SignIn("demo-secretary");
        for (var i = 0; i < viewings; i++)
        {
            var (person, request) = (Administrators[i % Administrators.Count], AccessRequestId.New().ToString());
            (await person.Put($"/access-requests/{request}", new { recording, window, purpose = Purpose.Complaint, @case = "case-1" })).Expect(HttpStatusCode.OK);
            var draft = (await secretary.Get($"/access-requests/{request}/draft")).Expect(HttpStatusCode.OK);
            (await secretary.Post($"/access-requests/{request}/approve", new { statement = draft.GetProperty("statement") })).Expect(HttpStatusCode.OK);
            var (playlist, status) = await Player.Begin(person, request);
            begun.Add((person, request, new Uri(Address, playlist ?? throw new InvalidOperationException($"No viewing began: {status}."))));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System); // ten changes a second are as many as one person may make
        }

        return begun;
    }

    public void Dispose()
    {
        silo.Dispose();
        camera.Dispose();
        foreach (var person in Administrators)
        {
            person.Dispose();
        }
    }

    private Task<Person> SignIn(string subject) => Person.SignIn(Address, Certificates, IPAddress.Loopback, subject);

    // A regulation by its own way, and two more people who may look: what one person may ask in a second is limited.
    private async Task Prepare()
    {
        using var people = await People.SignIn(Address, Certificates, IPAddress.Loopback);
        await new RegulationWalk(people, RegulationTerms.LongestRetention, TimeProvider.System).Take();
        using var operating = await SignIn("demo-operator");
        foreach (var subject in new[] { "demo-official", "demo-reception" })
        {
            (await operating.Post("/people/proposals", new { kind = "give-role", subject, role = "CameraAdministrator" })).Expect(HttpStatusCode.OK);
            var page = await people.Officer.DownloadText(new Uri(Address, "people/to-confirm"));
            (await people.Officer.Post(Confirm().Match(page).Value)).Expect(HttpStatusCode.OK);
        }

        Administrators = [await SignIn("demo-administrator"), await SignIn("demo-official"), await SignIn("demo-reception")];
    }

    [GeneratedRegex("/people/proposals/[0-9a-f-]+/confirm")]
    private static partial Regex Confirm();
}
