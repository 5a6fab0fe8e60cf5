using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Certificates;

/// <summary>The middleware alone on real sockets: what stands behind it tells whether a byte ever reached it.</summary>
[Collection(AloneCollection.Name)] // one of them measures the memory that is held, which others would add to
public sealed class ConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("none", "it showed no certificate")]
    [InlineData("foreign", "not issued by the cluster's CA")]
    [InlineData("expired", "room-booking: it is no longer valid")]
    [InlineData("early", "room-booking: it is not valid yet")]
    [InlineData("revoked", "is revoked")]
    [InlineData("role", "room-booking: BookingClient has no business here")]
    public async Task Who_shows_no_good_certificate_is_refused_before_a_byte_arrives(string kind, string why)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        var now = authority.Clock.GetUtcNow();
        using var shown = kind switch
        {
            "none" => null,
            "foreign" => other.Load("silo"),
            "expired" => TestAuthority.Issue(authority.Path, CertificateRole.BookingClient, now.AddMinutes(-4), now.AddMinutes(-1)),
            "early" => TestAuthority.Issue(authority.Path, CertificateRole.BookingClient, now.AddDays(1), now.AddDays(2)),
            _ => authority.Load("room-booking"),
        };
        if (kind == "revoked")
        {
            authority.Folder.RevokeName("room-booking", X509RevocationReason.KeyCompromise);
        }

        await using var port = await Port.Open(authority, kind == "role" ? [CertificateRole.Silo] : [CertificateRole.Silo, CertificateRole.BookingClient]);
        var answered = await Say(port, shown);

        Assert.False(answered);
        Assert.Empty(port.Received);
        Assert.Equal((1, 0), (port.Tls.Refused, port.Tls.Open));
        Assert.Contains(why, Assert.Single(port.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_certificate_gets_through_with_every_byte_both_ways()
    {
        using var authority = new TestAuthority();
        using var shown = authority.Load("room-booking");
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var socket = await port.Connect();
        await using var tls = await ShakeHands(socket, shown);
        var sent = new byte[1_000_003];
        new Span<byte>(sent).Fill(7);
        sent[^1] = 8;

        var writing = tls.WriteAsync(sent, TestContext.Current.CancellationToken).AsTask();
        var back = new byte[sent.Length];
        await tls.ReadExactlyAsync(back, TestContext.Current.CancellationToken);
        await writing;

        Assert.Equal(sent, back);
        Assert.Equal(SslProtocols.Tls13, tls.SslProtocol);
        Assert.Equal(1, port.Tls.Open);
    }

    [Fact]
    public async Task What_was_written_before_a_connection_is_ended_still_arrives_and_then_its_end()
    {
        using var authority = new TestAuthority();
        using var shown = authority.Load("room-booking");
        var last = new byte[60_000]; // as much as may wait to be sent while whoever wrote it goes on
        new Span<byte>(last).Fill(7);
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient], connection => connection.Transport.Output.WriteAsync(last).AsTask());
        using var socket = await port.Connect();
        await using var tls = await ShakeHands(socket, shown);

        using var arrived = new MemoryStream();
        await tls.CopyToAsync(arrived, TestContext.Current.CancellationToken);

        Assert.Equal(last, arrived.ToArray());
        await port.Ended(1);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    public async Task An_older_TLS_is_refused(SslProtocols protocol)
    {
        using var authority = new TestAuthority();
        using var shown = authority.Load("room-booking");
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var socket = await port.Connect();

        await Assert.ThrowsAnyAsync<Exception>(() => ShakeHands(socket, shown, protocol));

        await port.Ended(1);
        Assert.Empty(port.Received);
        Assert.Equal(1, port.Tls.Refused);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u00ff\u00ff")]
    [InlineData("\0\0\0\u0010\0\0\0\u0010orleans")]
    public async Task Plain_bytes_are_refused(string text)
    {
        using var authority = new TestAuthority();
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var socket = await port.Connect();

        await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await port.Ended(1);

        Assert.Empty(port.Received);
        Assert.Equal(1, port.Tls.Refused);
    }

    [Fact]
    public async Task Who_is_silent_or_slow_is_cut_off_after_the_limit()
    {
        using var authority = new TestAuthority();
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var silent = await port.Connect();
        using var slow = await port.Connect();
        await slow.SendAsync(new byte[] { 0x16, 3, 1, 2, 0 }, TestContext.Current.CancellationToken);
        await port.Accepted(2);

        authority.Clock.Advance(MutualTls.HandshakeLimit - TimeSpan.FromSeconds(1));
        Assert.Equal(0, port.Tls.Refused);
        authority.Clock.Advance(TimeSpan.FromSeconds(2));
        await port.Ended(2);

        Assert.Equal(2, port.Tls.Refused);
        Assert.Contains("no handshake within 10 s", port.Log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_a_line_and_then_a_count()
    {
        using var authority = new TestAuthority();
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);

        for (var number = 0; number < 100; number++)
        {
            using var socket = await port.Connect();
            await socket.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await port.Ended(100);
        Assert.Single(port.Log.Lines);
        authority.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(2, port.Log.Lines.Count);
        Assert.StartsWith("99 connection(s) were refused", port.Log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_connection_is_closed_when_its_certificate_is_revoked_and_no_other_is()
    {
        using var authority = new TestAuthority();
        using var lost = authority.Load("room-booking");
        authority.Folder.Issue(new CertificateHolder("room-booking", CertificateRole.BookingClient), []).Dispose();
        using var kept = authority.Load("room-booking");
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var lostSocket = await port.Connect();
        using var keptSocket = await port.Connect();
        await using var lostTls = await Echoed(lostSocket, lost);
        await using var keptTls = await Echoed(keptSocket, kept);

        authority.Folder.RevokeName("room-booking", X509RevocationReason.Superseded);
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        Assert.Equal(0, await ReadOrEnd(lostTls));
        await port.Ended(1);
        await keptTls.WriteAsync(new byte[] { 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(1, await ReadOrEnd(keptTls));
        Assert.Equal(1, port.Tls.Open);
    }

    [Fact]
    public async Task An_open_connection_is_closed_when_its_certificate_ends()
    {
        using var authority = new TestAuthority();
        var now = authority.Clock.GetUtcNow();
        using var shown = TestAuthority.Issue(authority.Path, CertificateRole.BookingClient, now.AddMinutes(-1), now.AddMinutes(1));
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        using var socket = await port.Connect();
        await using var tls = await Echoed(socket, shown);

        authority.Clock.Advance(TimeSpan.FromMinutes(1.5));

        Assert.Equal(0, await ReadOrEnd(tls));
        await port.Ended(1);
    }

    [Fact]
    public async Task A_thousand_connections_leave_nothing_behind()
    {
        using var authority = new TestAuthority();
        using var shown = authority.Load("room-booking");
        await using var port = await Port.Open(authority, [CertificateRole.BookingClient]);
        await Come(50);
        var before = Memory();

        await Come(1_000);

        Assert.Equal(0, port.Tls.Open);
        var grown = Memory() - before;
        Assert.True(grown < 1 << 20, $"{grown} bytes more are held than after the first 50"); // 1 KiB a connection would be as much

        async Task Come(int count)
        {
            var ended = port.EndedCount + count;
            for (var number = 0; number < count; number++)
            {
                using var socket = await port.Connect();
                if (number % 4 == 0)
                {
                    continue; // gone before a handshake
                }

                var tls = await Echoed(socket, number % 4 == 1 ? null : shown, expectAnswer: number % 4 != 1);
                await tls.DisposeAsync();
            }

            await port.Ended(ended);
        }

        static long Memory()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }

    [Fact]
    public async Task Who_connects_from_here_refuses_an_end_that_is_no_silo()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open("room-booking");
        using var tls = new MutualTls(certificates, authority.Clock, NullLogger<MutualTls>.Instance);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var impostor = authority.Load("room-booking");
        var serving = Serve(listener, impostor);
        var pipeline = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        tls.Connect(pipeline);
        var reached = false;
        pipeline.Run(_ =>
        {
            reached = true;
            return Task.CompletedTask;
        });
        using var factory = new SocketConnectionContextFactory(new(), NullLogger.Instance);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var connection = factory.Create(socket);

        var refused = await Assert.ThrowsAsync<AuthenticationException>(() => pipeline.Build()(connection));

        Assert.Contains("room-booking: BookingClient has no business here", refused.Message, StringComparison.Ordinal);
        Assert.False(reached);
        await serving;
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate)
    {
        using var accepted = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(accepted.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, ClientCertificateRequired = true, RemoteCertificateValidationCallback = (_, _, _, _) => true });
            await stream.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            // Refused by the other end, as it should be.
        }
    }

    private static async Task<bool> Say(Port port, X509Certificate2? shown)
    {
        using var socket = await port.Connect();
        await using var tls = await Echoed(socket, shown, expectAnswer: false);
        var answered = await ReadOrEnd(tls) > 0;
        await port.Ended(1);
        return answered;
    }

    private static async Task<SslStream> Echoed(Socket socket, X509Certificate2? shown, bool expectAnswer = true)
    {
        var tls = await ShakeHands(socket, shown);
        try
        {
            await tls.WriteAsync(new byte[] { 1 });
        }
        catch (IOException) when (!expectAnswer)
        {
            return tls; // refused already
        }

        if (expectAnswer)
        {
            Assert.Equal(1, await ReadOrEnd(tls));
        }

        return tls;
    }

    // In TLS 1.3 a client is done before the server has judged it, so a refusal shows at the first read.
    private static async Task<SslStream> ShakeHands(Socket socket, X509Certificate2? shown, SslProtocols protocol = SslProtocols.Tls13)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            EnabledSslProtocols = protocol,
            ClientCertificateContext = shown is null ? null : SslStreamCertificateContext.Create(shown, null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return tls;
    }

    private static async Task<int> ReadOrEnd(SslStream tls)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await tls.ReadAsync(new byte[16], patience.Token);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>A listener with the middleware, and behind it an echo that keeps what reaches it.</summary>
    private sealed class Port : IAsyncDisposable
    {
        private readonly ClusterCertificates certificates;
        private readonly IConnectionListener listener;
        private readonly ConnectionDelegate pipeline;
        private readonly Task accepting;
        private int accepted;
        private int ended;

        private Port(TestAuthority authority, IConnectionListener listener, CertificateRole[] roles, Func<ConnectionContext, Task>? behind)
        {
            this.listener = listener;
            certificates = authority.Open();
            Tls = new MutualTls(certificates, authority.Clock, Log);
            var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
            Tls.Accept(builder, roles);
            builder.Run(behind ?? Echo);
            pipeline = builder.Build();
            accepting = Accept();
        }

        public MutualTls Tls { get; }

        public LineLog Log { get; } = new();

        public ConcurrentQueue<byte> Received { get; } = new();

        public int EndedCount => Volatile.Read(ref ended);

        public static async Task<Port> Open(TestAuthority authority, CertificateRole[] roles, Func<ConnectionContext, Task>? behind = null)
        {
            var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
            return new Port(authority, await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), TestContext.Current.CancellationToken), roles, behind);
        }

        public async Task<Socket> Connect()
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
            return socket;
        }

        public Task<TimeSpan> Accepted(int count) => Silo.SiloProcess.Until(() => Task.FromResult(Volatile.Read(ref accepted) >= count), Patience, () => $"{accepted} connections were accepted");

        public Task<TimeSpan> Ended(int count) => Silo.SiloProcess.Until(() => Task.FromResult(EndedCount >= count), Patience, () => $"{EndedCount} connections have ended");

        public async ValueTask DisposeAsync()
        {
            await listener.UnbindAsync();
            await accepting;
            Tls.Dispose();
            certificates.Dispose();
            await listener.DisposeAsync();
        }

        private async Task Accept()
        {
            while (await listener.AcceptAsync() is { } connection)
            {
                Interlocked.Increment(ref accepted);
                _ = Run(connection);
            }
        }

        private async Task Run(ConnectionContext connection)
        {
            try
            {
                await pipeline(connection);
            }
            catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException)
            {
                // Refused, or gone.
            }
            finally
            {
                await connection.DisposeAsync();
                Interlocked.Increment(ref ended);
            }
        }

        private async Task Echo(ConnectionContext connection)
        {
            while (true)
            {
                var read = await connection.Transport.Input.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    if (Received.IsEmpty)
                    {
                        Received.Enqueue(segment.Span[0]);
                    }

                    connection.Transport.Output.Write(segment.Span);
                }

                connection.Transport.Input.AdvanceTo(read.Buffer.End);
                await connection.Transport.Output.FlushAsync();
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
    }

    internal sealed class LineLog : ILogger<MutualTls>
    {
        private readonly List<string> lines = [];

        public List<string> Lines
        {
            get
            {
                lock (lines)
                {
                    return [.. lines];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }
    }
}
