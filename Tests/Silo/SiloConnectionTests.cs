using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Times;
using RecordingCluster.Tests.Certificates;
using RecordingCluster.Tests.Security;

namespace RecordingCluster.Tests.Silo;

/// <summary>The real silo's three ports, as strangers and friends meet them.</summary>
public sealed class SiloConnectionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // A refusal takes milliseconds.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Nobody_without_a_good_certificate_gets_into_a_running_silo_and_who_has_one_calls()
    {
        await using var silo = await SiloProcess.Start();
        using var other = new TestAuthority();
        var now = TimeProvider.System.GetUtcNow();
        using var good = TestAuthority.LoadFrom(silo.Certificates, "room-booking");
        using var foreign = other.Load("silo");
        using var expired = TestAuthority.Issue(silo.Certificates, CertificateRole.Silo, now.AddSeconds(-10), now.AddSeconds(-5));
        using var early = TestAuthority.Issue(silo.Certificates, CertificateRole.Silo, now.AddDays(1), now.AddDays(2));
        await SiloCommand.Succeed(silo.Data, "certificates", "issue", "--role", "silo", "--name", "lost");
        await SiloCommand.Succeed(silo.Data, "certificates", "revoke", "--name", "lost", "--reason", "key-compromise");
        using var revoked = TestAuthority.LoadFrom(silo.Certificates, "lost");
        await silo.Says("Certificates were read anew");

        foreach (var port in new[] { silo.SiloPort, silo.GatewayPort })
        {
            foreach (var shown in new[] { null, foreign, expired, early, revoked })
            {
                Assert.False(await IsLetIn(port, shown), $"{shown?.Subject ?? "nothing"} got in at {port}");
            }

            Assert.False(await IsAnsweredPlain(port));
        }

        Assert.False(await IsLetIn(silo.SiloPort, good), "a booking client got in at the silo's port");
        Assert.True(await IsLetIn(silo.GatewayPort, good), "a booking client did not get in at the gateway");
        Assert.Equal(SiloProcess.Room, (await silo.ReadRoom()).Id);
        await silo.Says("refused before a byte reached the cluster");
        Assert.DoesNotContain("Orleans.Networking", silo.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Orleans.Messaging", silo.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_trusts_another_CA_does_not_call_this_silo()
    {
        await using var silo = await SiloProcess.Start();
        using var other = new TestAuthority();
        using var client = ClientOf(silo, other.Path).Build();

        // Orleans tries again and again; after some seconds of that it is told to give up.
        using var patience = new CancellationTokenSource(Quiet);
        await Assert.ThrowsAnyAsync<Exception>(() => client.StartAsync(patience.Token).WaitAsync(Soon, TestContext.Current.CancellationToken));

        await silo.Says("refused before a byte reached the cluster");
    }

    [Fact]
    public async Task A_client_says_its_token_whole_to_a_silo_that_does_not_know_it_and_each_call_is_done_once()
    {
        await using var silo = await SiloProcess.Start();
        var builder = ClientOf(silo, silo.Certificates);
        var sent = new TokensSent();
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(sent);
        using var client = builder.Build();
        await client.StartAsync(TestContext.Current.CancellationToken);
        var (rooms, certificates, now) = (client.Services.GetRequiredService<RoomBooking>(), client.Services.GetRequiredService<ClusterCertificates>(), TimeProvider.System.GetUtcNow());
        var (threatened, time) = (new RiskAssessment(Risk.Raised, [RiskGround.Threat], [Alternative.NoneSuffices]), new TimeRange(now.AddHours(1), now.AddHours(2)));

        // With a new certificate it signs anew, and the silo has not seen that.
        var old = certificates.Own.SerialNumber;
        await SiloCommand.Succeed(silo.Data, "certificates", "issue", "--role", "booking-client", "--name", "room-booking");
        await SiloProcess.Until(() => Task.FromResult(certificates.Own.SerialNumber != old), Soon, () => "the client did not look at its certificate");
        var before = sent.Seen.Count;
        var given = await rooms.Book(new BookingId("ref-1"), time, threatened);
        await rooms.Cancel(new BookingId("ref-1"));

        Assert.IsType<BookOutcome.Given>(given);
        Assert.Collection(
            sent.Seen.Skip(before),
            digest => Assert.Equal(CallerToken.DigestOf(sent.Seen.ElementAt(before + 1)), digest),
            token => Assert.Equal(3, token.Split('.').Length),
            digest => Assert.Equal(sent.Seen.ElementAt(before), digest));
        using var _ = SiloProcess.As(new Caller("officer-1", Roles.DataProtectionOfficer));
        var entries = await silo.Client.AuditTrail(new SiteId("town-hall")).Read(1, 100);
        Assert.Equal(
            [("booking/book", AuditResult.Opened), ("booking/book", AuditResult.Done), ("booking/cancel", AuditResult.Opened), ("booking/cancel", AuditResult.Done)],
            entries.Where(entry => entry.Deed.StartsWith("booking/", StringComparison.Ordinal)).Select(entry => (entry.Deed, entry.Result)));
        Assert.DoesNotContain(entries, entry => entry.Result == AuditResult.Refused);
    }

    [Fact]
    public async Task Silo_and_client_get_new_certificates_while_they_run_and_the_old_ones_are_revoked()
    {
        await using var silo = await SiloProcess.Start();
        using var oldClient = TestAuthority.LoadFrom(silo.Certificates, "room-booking");
        await using var open = await ShakeHands(silo.GatewayPort, oldClient);
        var oldPortal = await PortalSerial(silo);
        await silo.ReadRoom();

        await SiloCommand.Succeed(silo.Data, "certificates", "issue", "--role", "silo", "--name", "silo");
        await SiloCommand.Succeed(silo.Data, "certificates", "issue", "--role", "booking-client", "--name", "room-booking");
        await SiloProcess.Until(async () => await PortalSerial(silo) != oldPortal, Soon, () => silo.Log);
        await silo.ReadRoom();
        await SiloCommand.Succeed(silo.Data, "certificates", "revoke", "--name", "room-booking", "--reason", "superseded");
        await silo.Says($"serial {oldClient.SerialNumber} is revoked");
        await SiloCommand.Succeed(silo.Data, "certificates", "revoke", "--name", "silo", "--reason", "superseded");

        // The open connection was closed, and the client comes back by itself with what it was issued.
        await SiloProcess.Until(() => CanRead(silo), Soon, () => silo.Log);
        Assert.False(await IsLetIn(silo.GatewayPort, oldClient));

        // The CA's key is for issuing. A silo starts without.
        File.Delete(Path.Combine(silo.Certificates, "ca.key"));
        await silo.Stop();
        await silo.ComeBack();
        await silo.ReadRoom();
    }

    [Fact]
    public async Task The_portal_speaks_TLS_1_3_alone_by_its_name_and_nothing_plain()
    {
        await using var silo = await SiloProcess.Start();
        using var http = silo.Browse();

        var live = await http.GetAsync("/health/live", TestContext.Current.CancellationToken);
        var old = await Record.ExceptionAsync(() => ShakeHands(silo.Portal.Port, null, SslProtocols.Tls12));
        using var plain = new HttpClient();
        var bare = await Record.ExceptionAsync(() => plain.GetAsync($"http://127.0.0.1:{silo.Portal.Port}/health/live", TestContext.Current.CancellationToken));
        using var own = TestAuthority.LoadFrom(silo.Certificates, "silo");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.True(old is AuthenticationException or IOException, $"{old}");
        Assert.IsType<HttpRequestException>(bare);
        Assert.True(own.MatchesHostname("localhost") && own.MatchesHostname("127.0.0.1"));
    }

    [Fact]
    public async Task The_first_start_says_what_it_made_and_the_silo_leaves_no_core_and_its_keys_can_be_counted()
    {
        await using var silo = await SiloProcess.Start();

        var status = await SiloCommand.Succeed(silo.Data, "keys", "status");

        Assert.Contains("made the cluster's own CA", silo.Log, StringComparison.Ordinal);
        Assert.Matches("generation +1\n", status);
        Assert.Matches("recordings +0\n", status);
        var limit = File.ReadLines($"/proc/{silo.Id}/limits").Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
        Assert.Equal(["0", "0", "bytes"], limit["Max core file size".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static HostApplicationBuilder ClientOf(SiloProcess silo, string certificates)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddRecordingCluster(options =>
        {
            options.Gateways.Add(new IPEndPoint(IPAddress.Loopback, silo.GatewayPort));
            options.Certificates = CertificateFiles.In(certificates, "room-booking");
        });
        return builder;
    }

    private static async Task<bool> CanRead(SiloProcess silo)
    {
        try
        {
            await silo.ReadRoom();
            return true;
        }
        catch (Exception fault) when (fault is Orleans.Runtime.OrleansException or TimeoutException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task<string> PortalSerial(SiloProcess silo)
    {
        using var shaken = await ShakeHands(silo.Portal.Port, null);
        return ((X509Certificate2)shaken.RemoteCertificate!).SerialNumber;
    }

    // Who is not let in hears the end at once. Who is let in hears nothing: Orleans waits for what it says.
    private static async Task<bool> IsLetIn(int port, X509Certificate2? shown)
    {
        using var patience = new CancellationTokenSource(Quiet);
        try
        {
            await using var tls = await ShakeHands(port, shown);
            return await tls.ReadAsync(new byte[16], patience.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private static async Task<bool> IsAnsweredPlain(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        using var heard = new MemoryStream();
        using var patience = new CancellationTokenSource(Soon);
        try
        {
            await socket.GetStream().CopyToAsync(heard, patience.Token);
        }
        catch (IOException)
        {
            return false;
        }

        return heard.Length > 7; // an alert of TLS has 7 bytes
    }

    private static async Task<SslStream> ShakeHands(int port, X509Certificate2? shown, SslProtocols protocol = SslProtocols.Tls13)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocol,
            ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(shown, null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return tls;
    }
}
