using System.Net;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Security;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.PostgreSql;

/// <summary>Two silos as on two servers, each with a vault and a key ring of its own, on one PostgreSQL; only the second reaches the camera.</summary>
public sealed class TwoSilosTests : IDisposable
{
    private const string First = "silo-1";
    private const string Second = "silo-2";

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(40);

    private readonly PostgreSqlServer server = PostgreSqlServer.Shared;
    private readonly TemporaryFolder folder = new();
    private readonly string database;

    public TwoSilosTests()
    {
        database = server.Create();
        var certificates = new CertificateFolder(Certificates, TimeProvider.System);
        certificates.Init();
        foreach (var (name, address) in new[] { (First, "127.0.0.1"), (Second, "127.0.0.2") })
        {
            certificates.Issue(new CertificateHolder(name, CertificateRole.Silo), ["localhost", address]).Dispose();
        }
    }

    private string Certificates => folder["certificates"];

    public void Dispose()
    {
        server.Drop(database);
        folder.Dispose();
    }

    [Fact]
    public async Task A_talk_that_is_booked_through_one_silo_is_recorded_by_the_one_that_reaches_the_camera_and_erased_there()
    {
        await using var camera = await CameraProcess.Start();
        await using var first = await SiloProcess.Start(camera, Place(First, "127.0.0.1", "here"));
        var (booking, alone) = await first.StartTalk();

        await using var second = await SiloProcess.Start(camera, Place(Second, "127.0.0.2", "there", first));
        StartOutcome? outcome = null;
        await SiloProcess.Until(async () => (outcome = await first.StartAgain(booking)) is StartOutcome.Started, Wait, () => $"It did not start: {outcome}");
        var recording = ((StartOutcome.Started)outcome!).Recording;
        var recorders = second.Recorders().Count;
        await first.StopTalk(booking);
        var ended = await first.Read(recording);

        Assert.Equal(new StartOutcome.CameraNotReady(SiloProcess.Camera, CameraFault.NoSilo), alone);
        Assert.Equal($"{First}|3\n{Second}|3", server.Run(database, "SELECT siloname, status FROM orleansmembershiptable ORDER BY 1"));
        Assert.Equal((1, 0, 1), (recorders, PartsIn(first, recording), PartsIn(second, recording)));
        Assert.Equal((RecordingStage.Sealed, Second), (ended.Stage, ended.Parts.Single().Vault));

        await SiloProcess.Until(async () => (await first.Read(recording)).Stage == RecordingStage.Expired, Term + Wait, () => "Its term does not pass.");
        using (SiloProcess.As(Caller.Silo))
        {
            await first.Client.Recording(recording).Expire();
        }

        var certificate = (await first.Read(recording)).Certificate!;
        Assert.Equal((1, false), (certificate.Parts.Length, certificate.OpensAfterwards));
        Assert.Equal(0, PartsIn(second, recording));
    }

    [Fact]
    public async Task While_the_vault_that_holds_it_is_away_nobody_certifies_that_a_recording_is_gone()
    {
        await using var camera = await CameraProcess.Start();
        await using var first = await SiloProcess.Start(camera, Place(First, "127.0.0.1", "here"));
        await using var second = await SiloProcess.Start(camera, Place(Second, "127.0.0.2", "there", first));
        var (booking, _) = await first.StartTalk();
        StartOutcome? outcome = null;
        await SiloProcess.Until(async () => (outcome = await first.StartAgain(booking)) is StartOutcome.Started or StartOutcome.AlreadyStarted, Wait, () => $"It did not start: {outcome}");
        var recording = outcome is StartOutcome.Started started ? started.Recording : ((StartOutcome.AlreadyStarted)outcome!).Recording;
        await first.StopTalk(booking);
        await second.Stop();

        await SiloProcess.Until(async () => (await first.Read(recording)).Stage == RecordingStage.Expired, Term + Wait, () => "Its term does not pass.");
        using (SiloProcess.As(Caller.Silo))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => first.Client.Recording(recording).Expire());
        }

        var away = await first.Read(recording);
        await second.ComeBack();
        await SiloProcess.Until(
            async () =>
            {
                using var _ = SiloProcess.As(Caller.Silo);
                await first.Client.Recording(recording).Expire();
                return (await first.Read(recording)).Certificate is not null;
            },
            Wait,
            () => "It is not certified.");

        Assert.Equal((RecordingStage.Expired, null), (away.Stage, away.Certificate));
        Assert.Single((await first.Read(recording)).Certificate!.Parts);
        Assert.Equal(0, PartsIn(second, recording));
    }

    [Fact]
    public async Task A_second_silo_of_the_same_name_is_refused()
    {
        await using var first = await SiloProcess.Start(place: Place(First, "127.0.0.1", "here"));
        using var other = new TemporaryFolder();
        Directory.CreateDirectory(other["keys"]);
        File.Copy(Path.Combine(first.Data, "keys", "people"), Path.Combine(other["keys"], "people"));
        File.WriteAllText(other["DEMO"], "");
        var settings = new Dictionary<string, string?>(Place(First, "127.0.0.2", "there").Settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)))
        {
            ["Storage__Folder"] = other.Path,
            ["Demo__SignIn"] = "true",
            ["Network__PortalPort"] = $"{Ports.Free()}",
            ["Network__SiloPort"] = $"{Ports.Free()}",
            ["Network__GatewayPort"] = $"{Ports.Free()}",
            ["Network__VaultPort"] = $"{Ports.Free()}",
        };

        var (exit, _, error) = await SiloCommand.Run(settings);

        Assert.NotEqual(0, exit);
        Assert.Contains($"is {First}, and so is that of the silo at 127.0.0.1:{first.SiloPort}", error, StringComparison.Ordinal);
    }

    private static int PartsIn(SiloProcess silo, RecordingId recording) => Directory.Exists(silo.Vault) ? Directory.EnumerateFiles(silo.Vault, $"{recording.Value:N}*").Count() : 0;

    private SiloPlace Place(string name, string address, string network, SiloProcess? joins = null) => new(
        name,
        IPAddress.Parse(address),
        Certificates,
        new Dictionary<string, string>
        {
            ["Storage__Database__Host"] = "127.0.0.1",
            ["Storage__Database__Port"] = $"{server.Port}",
            ["Storage__Database__Name"] = database,
            ["Storage__Database__PasswordFile"] = server.PasswordFile,
            ["Storage__Database__AuthorityFile"] = server.Authority,
            ["Cameras__camera-1__Network"] = "there",
            ["Cameras__camera-2__Network"] = "there",
            ["Network__CameraNetworks__0"] = network,
        },
        joins,
        Term);
}
