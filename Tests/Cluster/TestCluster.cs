using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Reminders;
using Orleans.TestingHost;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Access;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Deputies;
using RecordingCluster.GrainInterfaces.Health;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Grains;
using RecordingCluster.Grains.Access;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Health;
using RecordingCluster.Grains.Recordings;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Grains.Rooms;
using RecordingCluster.Grains.Times;
using RecordingCluster.Silo.Away;
using RecordingCluster.Silo.Copies;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Playback;
using RecordingCluster.Silo.Publishing;
using RecordingCluster.Silo.Security;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Trail;
using RecordingCluster.Silo.Vault;
using RecordingCluster.Tests.Regulations;
using RecordingCluster.Tests.Security;
using RecordingCluster.Tests.Storage;
using RecordingCluster.Tests.Times;

namespace RecordingCluster.Tests.Cluster;

/// <summary>A silo in this process: real grains, a real database, real vault, one fake clock, and a camera that writes what it is told.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    public static readonly SiteId Site = new("town-hall");

    public static readonly Caller BookingSystem = new("room-booking", Roles.BookingSystem);
    public static readonly Caller Official = new("official-1", Roles.Official);
    public static readonly Caller Colleague = new("official-2", Roles.Official);
    public static readonly Caller Reception = new("reception-1", Roles.Reception);
    public static readonly Caller Administrator = new("administrator-1", Roles.CameraAdministrator);
    public static readonly Caller Secretary = new("secretary-1", Roles.Secretary);
    public static readonly Caller Deputy = new("deputy-1", Roles.Deputy);
    public static readonly Caller Officer = new("officer-1", Roles.DataProtectionOfficer);
    public static readonly Caller Operator = new("operator-1", Roles.Operator);

    private readonly TemporaryFolder folder = new();
    private readonly CallerSigner signer;
    private InProcessTestCluster? cluster;
    private ILoggerProvider? log;

    private TestCluster()
    {
        Database = TestDatabase.In(folder["cluster.db"]);
        Wall = new WallClock(Clock);
        Steady = new SteadyClock(Wall);
        signer = new CallerSigner(Certificates, Steady);
    }

    public TestCertificates Certificates { get; } = new();

    /// <summary>The passkey of everybody who decides in these tests.</summary>
    public DemoPasskey Passkey { get; } = new(Portal, TimeProvider.System);

    private static PortalAddress Portal { get; } = new("localhost", 8080);

    public FakeTimeProvider Clock { get; } = new(Nine);

    /// <summary>What the machine's wall clock makes of it: the same, unless a test sets it wrong.</summary>
    public WallClock Wall { get; }

    /// <summary>What the silo goes by.</summary>
    public SteadyClock Steady { get; }

    public TestCamera Camera { get; private set; } = null!;

    public FileVault Vault { get; private set; } = null!;

    public RecordingRules Rules { get; } = new();

    public Pseudonyms Pseudonyms { get; private set; } = null!;

    /// <summary>What the silo takes the database to be: a test says that it is away.</summary>
    public DatabasePresence Presence { get; private set; } = null!;

    /// <summary>The silo's journal, which stays over a restart.</summary>
    public JournalFile Journal { get; private set; } = null!;

    public string JournalFolder => folder["journal"];

    /// <summary>Where signed heads are kept.</summary>
    public HeadFiles Heads => new(folder["heads"]);

    /// <summary>Checks what this cluster's silo signed.</summary>
    public SealCheck Seals() => SealCheck.By(Certificates.Own.ExportCertificatePem());

    public TestDatabase Database { get; }

    public string PublicFolder => Path.Combine(folder["storage"], "public");

    public string VaultFolder => folder["vault"];

    public string KeyFolder => folder["keys"];

    public IClusterClient Client => cluster!.Client;

    /// <summary>A cluster with a regulation in force.</summary>
    /// <param name="log">Gets what its silo logs in service.</param>
    public static async Task<TestCluster> Start(ILoggerProvider? log = null)
    {
        var started = new TestCluster { log = log };
        await started.Open();
        await TestRegulation.Activate(started.Client, As);
        return started;
    }

    public static async Task<TestCluster> StartWithoutRegulation()
    {
        var started = new TestCluster();
        await started.Open();
        return started;
    }

    /// <summary>The silo ends and another starts on the same files; meanwhile the clock may move.</summary>
    public async Task Restart(TimeSpan away)
    {
        await End();
        Clock.Advance(away);
        await Open();
    }

    /// <summary>A grain is to leave its silo, as when another silo that knew of it goes: it ends what it does, and takes nothing new.</summary>
    public void Leave(IAddressable grain)
    {
        // Orleans keeps to itself where its activations are listed.
        var listed = cluster!.Silos[0].ServiceProvider.GetRequiredService(Type.GetType("Orleans.Runtime.ActivationDirectory, Orleans.Runtime", throwOnError: true)!);
        var activation = ((IEnumerable<KeyValuePair<GrainId, IGrainContext>>)listed).Single(one => one.Key == grain.GetGrainId()).Value;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.DirectoryFailure, "told to by a test"));
    }

    /// <summary>Makes the calls until disposed in the name of somebody, as the portal or the silo itself would.</summary>
    public static IDisposable As(Caller caller) => CallAs.Use(caller);

    /// <summary>A talk with a raised risk, booked now for half an hour, with letter and sticker.</summary>
    public async Task<(BookingId Booking, RoomId Room)> Book(Risk risk = Risk.Raised, TimeRange? time = null)
    {
        var booking = new BookingId(Guid.NewGuid().ToString());
        var now = Clock.GetUtcNow();
        using var _ = As(BookingSystem);
        var outcome = await Client.Booking(booking).Book(new BookingRequest(time ?? new TimeRange(now, now.AddMinutes(30)), Assess(risk)));
        var room = Assert.IsType<BookOutcome.Given>(outcome).Room;
        await Client.Booking(booking).RecordLetter(new LetterNotice(DateOnly.FromDateTime(now.UtcDateTime), "model-1", Language.Dutch));
        using (As(Reception))
        {
            await Client.Room(room).CheckSticker();
        }

        return (booking, room);
    }

    public async Task<RecordingId> StartTalk(BookingId booking)
    {
        using var _ = As(Official);
        return Assert.IsType<StartOutcome.Started>(await Client.Booking(booking).StartTalk(Language.Dutch)).Recording;
    }

    /// <summary>The same start once more, as one whose answer was lost.</summary>
    public async Task StartTalkAgain(BookingId booking)
    {
        using var _ = As(Official);
        Assert.IsType<StartOutcome.AlreadyStarted>(await Client.Booking(booking).StartTalk(Language.Dutch));
    }

    /// <summary>A recording of a talk of ten minutes, sealed.</summary>
    public async Task<RecordingId> Record()
    {
        var (booking, _) = await Book();
        var recording = await StartTalk(booking);
        Clock.Advance(TimeSpan.FromMinutes(10));
        using var __ = As(Official);
        await Client.Booking(booking).StopTalk();
        return recording;
    }

    public async Task<BookingView> Read(BookingId booking)
    {
        using var _ = As(Official);
        return await Client.Booking(booking).Read();
    }

    /// <summary>The clock goes on, as a real one would, until something is seen: ticks run on threads of Orleans, in several steps.</summary>
    public async Task Until(Func<Task<bool>> seen)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await seen())
        {
            await tick.WaitForNextTickAsync(patience.Token);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Knows the passkeys as the silo's does, with every role that a test gives.</summary>
    public IGrantWitness Witness => new PasskeyWitness(new EnrolledKeys(this), new PasskeyCheck(Portal.Name, Portal.Origin));

    /// <summary>The secretary's yes: drawn up, signed, handed in.</summary>
    public async Task<Decision> Approve(IAccessRequestGrain request, Caller? secretary = null, Func<GrantStatement, GrantStatement>? narrow = null)
    {
        using var _ = As(secretary ?? Secretary);
        return await request.Draft() is DraftOutcome.Drawn { Statement: var drawn }
            ? await request.Approve(Sign((narrow ?? (statement => statement))(drawn)))
            : await request.Approve(Sign(new GrantStatement(default, default, new Grant("", default, 1, default, "", default))));
    }

    /// <summary>What a viewing of it would show to whom it was granted; null when it was not.</summary>
    public async Task<Shown?> Show(IAccessRequestGrain request)
    {
        var desk = new ViewingDesk(new ViewingSource(Vault), Witness, Client);
        using var _ = As(Officer);
        var view = await Client.AccessRequest(new(request.GetPrimaryKey())).Read(); // by the client of now: each restart brings another
        using var __ = As(Caller.Silo);
        return await desk.Show(view, (view.Decision as Decision.Approved)?.Grant.Person ?? "");
    }

    /// <summary>The secretary's word that the deputy decides on these days: drawn up, signed, handed in.</summary>
    public async Task<Appointment> Appoint(DateOnly from, DateOnly until)
    {
        using var _ = As(Secretary);
        var drawn = await Client.Deputies(Site).Draft(new AppointmentWish(Deputy.Subject, new DeputyDays(from, until)));
        return Assert.IsType<AppointOutcome.Appointed>(await Client.Deputies(Site).Appoint(Sign(drawn))).Appointment;
    }

    public SignedAppointment Sign(Appointment appointment) => new(appointment, Passkey.Sign(appointment.By, appointment.ToChallenge()));

    /// <summary>A statement with the signature of whom it names.</summary>
    public SignedGrant Sign(GrantStatement statement) => new(statement, Passkey.Sign(statement.Grant.By, statement.ToChallenge()));

    /// <summary>Somebody loses the role of camera administrator, or is about to get it again.</summary>
    public Task ChangeJob(string subject) => new AdministratorsRequests(Client, new SiloCalls(signer), new SitePlan(Site, []), Clock).Lapse(subject);

    /// <summary>The database is back: what was done meanwhile is entered.</summary>
    public async Task ComeBack()
    {
        await new JournalEntering(Journal, Client, new SiloCalls(signer), NullLogger<JournalEntering>.Instance).Enter();
        Presence.IsBack();
    }

    /// <summary>The journal as it stands on disk.</summary>
    public JournalFile OpenJournal() => new(null, JournalFolder, Certificates, Seals, NullLogger<JournalFile>.Instance);

    /// <summary>Somebody signs out in all browsers.</summary>
    public Task SignOutEverywhere(string subject) => new AdministratorsRequests(Client, new SiloCalls(signer), new SitePlan(Site, []), Clock).EndViewings(subject);

    /// <summary>One round of the sweep.</summary>
    public async Task Sweep()
    {
        using var sweep = new VaultSweep(
            Vault, Client, new SiloCalls(signer), new SitePlan(Site, []), Rules, Steady, NullLogger<VaultSweep>.Instance);
        await sweep.Sweep();
    }

    public async Task<RecordingView> Read(RecordingId recording)
    {
        using var _ = As(Administrator);
        return await Client.Recording(recording).Read();
    }

    public static RiskAssessment Assess(Risk risk) =>
        risk == Risk.Raised ? new RiskAssessment(risk, [RiskGround.Threat], [Alternative.NoneSuffices]) : RiskAssessment.Normal;

    public async ValueTask DisposeAsync()
    {
        await End();
        Database.Dispose();
        folder.Dispose();
    }

    private sealed class EnrolledKeys(TestCluster cluster) : IPasskeyKeys
    {
        private static readonly Caller[] People = [Official, Reception, Administrator, Secretary, Deputy, Officer, Operator];

        public Task<EnrolledKey?> Find(string subject, ReadOnlyMemory<byte> credentialId) => Task.FromResult(
            People.FirstOrDefault(person => person.Subject == subject) is { } person && cluster.Passkey.Of(subject) is var passkey && passkey.CredentialId.AsSpan().SequenceEqual(credentialId.Span)
                ? new EnrolledKey(subject, person.Roles, passkey.PublicKey, passkey.AddedAt)
                : null);

        public Task<Roles> RolesOf(string subject) => Task.FromResult(People.FirstOrDefault(person => person.Subject == subject)?.Roles ?? Roles.None);
    }

    private sealed class Well : ISiloHealth
    {
        public Task<ImmutableArray<SiloCheck>> Look(Language language) => Task.FromResult(ImmutableArray<SiloCheck>.Empty);
    }

    private async Task End()
    {
        using var _ = As(Caller.Silo);
        await cluster!.DisposeAsync();
    }

    private async Task Open()
    {
        var options = new VaultOptions(folder["vault"], folder["keys"]);
        Vault = new FileVault(options, KeyRing.Open(options, Steady), Steady, NullLogger<FileVault>.Instance);
        Camera = new TestCamera(Vault, Clock);
        Pseudonyms = new Pseudonyms(options, Clock);
        Presence = new DatabasePresence(Steady);
        Journal = OpenJournal();
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ServiceId = builder.Options.ClusterId = "test"; // the same after a restart, as rows are found by it
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseStorage(Database.Open);
            silo.AddRecordingGrains();
            silo.Services.AddSingleton(Steady);
            silo.Services.AddSingleton<TimeProvider>(Steady);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System); // or each Advance would spin in them
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, Clock);
            silo.Services.AddSingleton(Rules);
            silo.Services.AddSingleton(new SitePlan(Site, [
                new PlannedRoom(new RoomId("room-1"), new CameraId("camera-1")),
                new PlannedRoom(new RoomId("room-2"), new CameraId("camera-2")),
                new PlannedRoom(new RoomId("room-3"), null),
                new PlannedRoom(new RoomId("room-4"), null)]));
            silo.Services.AddSingleton<IClusterCertificates>(Certificates);
            silo.Services.AddSingleton<ICallerVerifier, SignedCallers>();
            silo.Services.AddSingleton(new CallRules(typeof(Caller).Assembly, typeof(TestCluster).Assembly));
            silo.Services.AddSingleton<IPublicFolder>(new PublicFolder(new StorageOptions { Folder = folder["storage"] }));
            silo.Services.AddSingleton<ISiloVault>(Vault);
            silo.Services.AddSingleton<IPartDesk>(new PartDesk(new ViewingSource(Vault), Witness, new PartTickets(Steady), Steady));
            silo.Services.AddSingleton<ICopyDesk>(provider => new CopyDesk(Vault, new PartTickets(Steady), provider.GetRequiredService<IGrainFactory>(), Steady));
            silo.Services.AddSingleton<IHeadKeeper>(Heads);
            silo.Services.AddSingleton<IClockWitness, KernelClock>();
            silo.Services.AddSingleton(new ProcessingActivities(new Uri("https://register.example/")));
            silo.Services.AddSingleton<IPseudonyms>(Pseudonyms);
            silo.Services.AddSingleton<IGrantWitness>(Witness);
            silo.Services.AddSingleton<ICapture>(Camera);
            silo.Services.AddSingleton<ISiloHealth>(new Well());
            silo.Services.AddSingleton(Presence);
            silo.Services.AddSingleton<ISiloJournal>(Journal);
            if (log is not null)
            {
                silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(log));
            }
        });
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(new CallAs(signer)));
        cluster = builder.Build();

        // The test host asks each silo how it is, which only a silo may.
        using var _ = As(Caller.Silo);
        await cluster.DeployAsync();
    }
}
