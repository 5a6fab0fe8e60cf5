using System.Net;
using System.Text.Json;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Portal.Walk;

/// <summary>A town hall in which something of everything has happened, by the ways that its people go.</summary>
internal sealed class FilledTown(PortalSilo silo)
{
    private const int Fragments = 4;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly Caller Secretary = new("demo-secretary", Roles.Secretary);
    private static readonly Caller Officer = new("demo-officer", Roles.DataProtectionOfficer);
    private static readonly Caller Colleague = new("official-2", Roles.Official);

    public RecordingId Recording { get; private set; }

    public RecordingId Erased { get; private set; }

    /// <summary>A talk of tomorrow.</summary>
    public string Booked { get; } = "afspraak-2026-117";

    /// <summary>A talk that is over.</summary>
    public string Ended { get; private set; } = "";

    public AccessRequestId Open { get; private set; }

    public AccessRequestId Granted { get; private set; }

    public AccessRequestId Refused { get; private set; }

    public AccessRequestId AskedBack { get; private set; }

    /// <summary>Talks, requests in each of their states, an objection that was upheld, and what is planned of the regulation.</summary>
    public async Task Fill()
    {
        await TestRegulation.Activate(silo.Grains, silo.As);
        using var official = await silo.SignIn("demo-official");
        using var administrator = await silo.SignIn("demo-administrator");
        using var secretary = await silo.SignIn("demo-secretary");
        using var operating = await silo.SignIn("demo-operator");

        var (objected, erased) = await RecordOne(official, "afspraak-2026-101");
        await Done(official.Ask(HttpMethod.Post, "/bookings/objections", new { reference = objected, kind = "informal" }));
        using (silo.As(Colleague))
        {
            Assert.IsType<ObjectionOutcome.Upheld>(await silo.Grains.Booking(new BookingId(objected)).UpholdObjection(1));
        }

        var (kept, recording) = await RecordOne(official, "afspraak-2026-102");
        (Recording, Erased, Ended) = (recording, erased, kept);
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await Done(official.Ask(HttpMethod.Post, "/bookings", new { reference = Booked, time = new { from = tomorrow, until = tomorrow.AddHours(1) }, assessment = new { risk = "raised", grounds = new[] { "threat" }, weighed = new[] { "noneSuffices" } } }));
        Granted = await Ask(administrator, "reportToPolice", "zaak-2026-1");
        Refused = await Ask(administrator, "complaint", "zaak-2026-2");
        AskedBack = await Ask(administrator, "claimForDamage", "zaak-2026-3");
        Open = await Ask(administrator, "denialOfAccess", "zaak-2026-4");
        await Done(secretary.Approve($"{Granted}"));
        await Done(secretary.Ask(HttpMethod.Post, $"/access-requests/{Refused}/refuse", new { reason = "windowTooWide" }));
        await Done(secretary.Ask(HttpMethod.Post, $"/access-requests/{AskedBack}/ask-back", new { question = "whichMinutes" }));
        await Done(official.Ask(HttpMethod.Post, "/bookings/objections", new { reference = kept, kind = "gdprArticle21" }));
        using (silo.As(Colleague))
        {
            Assert.IsType<ObjectionOutcome.Rejected>(await silo.Grains.Booking(new BookingId(kept)).RejectObjection(1, RejectionReason.RiskStands));
        }

        await Appoint(secretary);
        await Propose(operating);
        await Regulate();
    }

    /// <summary>A talk of a few seconds in front of a real camera.</summary>
    private static async Task<(string Reference, RecordingId Recording)> RecordOne(PortalClient official, string reference)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Done(official.Ask(HttpMethod.Post, "/rooms/room-1/sticker"));
        await Done(official.Ask(HttpMethod.Post, "/bookings", new { reference, time = new { from = now, until = now.AddHours(1) }, assessment = new { risk = "raised", grounds = new[] { "threat" }, weighed = new[] { "noneSuffices" } } }));
        await Done(official.Ask(HttpMethod.Post, "/bookings/letter", new { reference, sentOn = "2026-11-01", textVersion = "model-1", language = "dutch" }));
        var (_, started) = await Done(official.Ask(HttpMethod.Post, "/bookings/start", new { reference, spokenIn = "dutch" }));
        var recording = new RecordingId(Guid.ParseExact(started.GetProperty("recording").GetString()![4..], "N"));
        await SiloProcess.Until(async () => (await Parts(official, recording)).Any(part => part.GetProperty("fragments").GetInt32() >= Fragments), Soon, () => $"No {Fragments} fragments came.");
        await Done(official.Ask(HttpMethod.Post, "/bookings/stop", new { reference }));
        return (reference, recording);
    }

    // A second version on its way, and what the officer asked for.
    private async Task Regulate()
    {
        var regulation = silo.Grains.Regulation(new SiteId("town-hall"));
        var next = new RegulationVersionId("model-2");
        using (silo.As(Officer))
        {
            await regulation.RequestAmendment(AmendmentId.New(), [ArticleId.Sound], new DocumentReference("dms:2026/18"));
        }

        using (silo.As(Secretary))
        {
            var changed = TestRegulation.Content with { Articles = TestRegulation.Content.Articles.SetItem(1, TestRegulation.Article(ArticleId.Sound, "Geluid", "Dit staat erin.\nEn dit is nieuw.")) };
            await regulation.Draft(next, changed with { Terms = TestRegulation.Terms with { ViewingsPerGrant = 2 }, Dpia = null });
        }

        using (silo.As(Officer))
        {
            await regulation.Advise(next, AdviceKind.Conditional, TestRegulation.Document);
        }
    }

    private static async Task Appoint(PortalClient secretary)
    {
        var today = Grains.LocalTime.Today(TimeProvider.System);
        var (_, draft) = await Done(secretary.Ask(HttpMethod.Post, "/deputies/appointments/draft", new { deputy = "demo-deputy", from = today, until = today.AddDays(1) }));
        await Done(secretary.Ask(HttpMethod.Post, "/deputies/appointments", new { appointment = draft.GetProperty("appointment") }));
    }

    private static async Task Propose(PortalClient operating)
    {
        await Done(operating.Ask(HttpMethod.Post, "/people/proposals", new { kind = "new-person", label = "camerabeheerder-2", role = "CameraAdministrator" }));
        await Done(operating.Ask(HttpMethod.Post, "/people/proposals", new { kind = "give-role", subject = "demo-official", role = "Reception" }));
    }

    private async Task<AccessRequestId> Ask(PortalClient administrator, string purpose, string @case)
    {
        var (request, window) = (AccessRequestId.New(), (await Parts(administrator, Recording))[0].GetProperty("span"));
        await Done(administrator.Ask(HttpMethod.Put, $"/access-requests/{request}", new { recording = $"{Recording}", window, purpose, @case }));
        return request;
    }

    private static async Task<List<JsonElement>> Parts(PortalClient client, RecordingId recording) =>
        [.. (await Done(client.Ask(HttpMethod.Get, $"/recordings/{recording}"))).Body.GetProperty("parts").EnumerateArray()];

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Done(Task<(HttpStatusCode Status, JsonElement Body)> asked)
    {
        var answer = await asked;
        Assert.True((int)answer.Status < 300, $"{answer.Status} {answer.Body}");
        return answer;
    }
}
