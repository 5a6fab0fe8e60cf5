using System.Net;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Silo.Security;
using RecordingCluster.Tests.PostgreSql;
using RecordingCluster.Tests.Silo;

namespace RecordingCluster.Tests.Faults;

/// <summary>A silo with a camera on a PostgreSQL of its own, which can be killed, slow, cut off, or full.</summary>
internal sealed class AwayDatabase : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly CameraProcess camera;

    private AwayDatabase(CameraProcess camera, PostgreSqlServer server)
    {
        (this.camera, Server, Wire) = (camera, server, new Wire(server.Port));
        var certificates = new CertificateFolder(folder["certificates"], TimeProvider.System);
        certificates.Init();
        certificates.Issue(new CertificateHolder("silo-1", CertificateRole.Silo), ["localhost", "127.0.0.1"]).Dispose();
    }

    public PostgreSqlServer Server { get; }

    public Wire Wire { get; }

    public SiloProcess Silo { get; private set; } = null!;

    /// <param name="server">Left out: one whose disk is that of the test.</param>
    public static async Task<AwayDatabase> Start(PostgreSqlServer? server = null)
    {
        server ??= PostgreSqlServer.Start();
        var away = new AwayDatabase(await CameraProcess.Start(), server);
        away.Silo = await SiloProcess.Start(away.camera, new SiloPlace("silo-1", IPAddress.Loopback, away.folder["certificates"], new Dictionary<string, string>
        {
            ["Storage__Database__Host"] = "127.0.0.1",
            ["Storage__Database__Port"] = $"{away.Wire.Port}",
            ["Storage__Database__Name"] = server.Create(),
            ["Storage__Database__PasswordFile"] = server.PasswordFile,
            ["Storage__Database__AuthorityFile"] = server.Authority,
        }));
        return away;
    }

    /// <summary>Bytes of a recording in the vault: they grow while it is recorded.</summary>
    public long BytesOf(RecordingId recording) => new DirectoryInfo(Silo.Vault).EnumerateFiles($"{recording.Value:N}*.part").Sum(file => file.Length);

    /// <summary>Waits until as many fragments more are on disk, whatever becomes of the database.</summary>
    public async Task Grows(RecordingId recording, int fragments)
    {
        for (var i = 0; i < fragments; i++)
        {
            var before = BytesOf(recording);
            await SiloProcess.Until(() => Task.FromResult(BytesOf(recording) > before), TimeSpan.FromSeconds(10), () => $"Nothing is added to the recording.\n{Silo.Log}");
        }
    }

    /// <summary>Waits until everything is let in again.</summary>
    public Task<TimeSpan> IsBack() => Silo.Says("The database is back", Soon);

    /// <summary>How many fragments of a recording the grain knows of, once it answers.</summary>
    public async Task<RecordingView> Read(RecordingId recording)
    {
        RecordingView? view = null;
        await SiloProcess.Until(
            async () =>
            {
                try
                {
                    view = await Silo.Read(recording);
                    return true;
                }
                catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
                {
                    return false;
                }
            },
            Soon,
            () => $"It cannot be read.\n{Silo.Log}");
        return view!;
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await camera.DisposeAsync();
        await Wire.DisposeAsync();
        await Server.DisposeAsync();
        folder.Dispose();
    }
}
