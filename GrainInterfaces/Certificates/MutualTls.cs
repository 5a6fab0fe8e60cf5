using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>Puts mutual TLS under Orleans' connections: both ends show a certificate of the cluster's CA, or no byte reaches Orleans.</summary>
/// <remarks>Connections last for days, so those that are open are judged again at every look at the files.</remarks>
public sealed partial class MutualTls : IDisposable
{
    /// <summary>A handshake takes some milliseconds in a network of one's own. Whoever is silent or slow for this long is cut off.</summary>
    public static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    // A farewell that the other end does not take must not hold up a stop.
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    // As much as a TLS record holds. Orleans' messages are some hundred bytes, and many come at once.
    private const int BufferBytes = 16 << 10;

    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 2 * BufferBytes, minimumReadSize: BufferBytes / 4, leaveOpen: true);

    // Four records: beyond this Orleans feels that the other end is slow.
    private static readonly PipeOptions OutputOptions = new(minimumSegmentSize: BufferBytes, pauseWriterThreshold: 4 * BufferBytes, resumeWriterThreshold: 2 * BufferBytes, useSynchronizationContext: false);

    private readonly ClusterCertificates certificates;
    private readonly TimeProvider clock;
    private readonly ILogger<MutualTls> log;
    private readonly RefusalLog refusals;
    private readonly HashSet<Peer> open = [];

    public MutualTls(ClusterCertificates certificates, TimeProvider clock, ILogger<MutualTls> log)
    {
        (this.certificates, this.clock, this.log) = (certificates, clock, log);
        refusals = new RefusalLog(clock, LogRefused);
        certificates.Looked += JudgeAgain;
    }

    /// <summary>How many connections are open now.</summary>
    public int Open
    {
        get
        {
            lock (open)
            {
                return open.Count;
            }
        }
    }

    /// <summary>How many handshakes were refused since the start.</summary>
    public long Refused => refusals.Count;

    /// <summary>For a listener: the other end must show a certificate with one of <paramref name="roles"/>.</summary>
    public void Accept(IConnectionBuilder connections, params CertificateRole[] roles) =>
        connections.Use(next => connection => Secure(connection, next, roles, ShakeHandsAsServer));

    /// <summary>For connections that are made from here: the other end must be a silo.</summary>
    public void Connect(IConnectionBuilder connections) =>
        connections.Use(next => connection => Secure(connection, next, [CertificateRole.Silo], ShakeHandsAsClient));

    /// <summary>For a stream that was opened from here to the silo of this name: the other end must be that silo.</summary>
    public async Task<Stream> Secure(Stream plain, string silo, CancellationToken cancellation)
    {
        var judge = new Judge(certificates, [CertificateRole.Silo], silo);
        var tls = new SslStream(plain);
        using var limit = new CancellationTokenSource(HandshakeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await ShakeHandsAsClient(tls, judge, either.Token);
            return tls;
        }
        catch (Exception fault)
        {
            await tls.DisposeAsync();
            throw new AuthenticationException($"The connection with {silo} is refused: {judge.Fault ?? "no TLS 1.3 handshake"}. Compare the certificates of both ends: certificates list.", fault);
        }
    }

    public void Dispose()
    {
        certificates.Looked -= JudgeAgain;
        refusals.Dispose();
    }

    private async Task Secure(ConnectionContext connection, ConnectionDelegate next, CertificateRole[] roles, Func<SslStream, Judge, CancellationToken, Task> shakeHands)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new PipeStream(plain), leaveInnerStreamOpen: true);
        using var peer = await ShakeHands(connection, tls, roles, shakeHands);
        var output = new Pipe(OutputOptions);
        var sending = Send(output.Reader, tls);
        var secured = new Pipes(PipeReader.Create(tls, ReaderOptions), output.Writer);
        Add(peer);
        connection.Transport = secured;
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = plain;
            Remove(peer);
            await secured.Input.CompleteAsync();
            await secured.Output.CompleteAsync();
            await Farewell(connection, tls, sending);
        }
    }

    // What is written while one record is on its way goes into the next: the busier, the more messages share one. A record
    // costs much the same whatever is in it, and that is most of what TLS costs here.
    private static async Task Send(PipeReader output, SslStream tls)
    {
        Exception? fault = null;
        try
        {
            await output.CopyToAsync(tls);
        }
        catch (Exception gone)
        {
            fault = gone; // for whoever writes next
        }

        await output.CompleteAsync(fault);
    }

    private async Task<Peer> ShakeHands(ConnectionContext connection, SslStream tls, CertificateRole[] roles, Func<SslStream, Judge, CancellationToken, Task> shakeHands)
    {
        var judge = new Judge(certificates, roles);
        using var limit = new CancellationTokenSource(HandshakeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, connection.ConnectionClosed);
        try
        {
            await shakeHands(tls, judge, either.Token);
            return new Peer(connection, X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData()), roles);
        }
        catch (Exception fault)
        {
            // What the other end sent is not repeated: it could be anything. Why it was refused stands in our own words.
            var why = judge.Fault ?? (limit.IsCancellationRequested ? $"no handshake within {HandshakeLimit.TotalSeconds} s" : "no TLS 1.3 handshake");
            refusals.Add(connection.RemoteEndPoint, why);
            connection.Abort(new ConnectionAbortedException($"Refused: {why}."));
            throw new AuthenticationException($"The connection with {connection.RemoteEndPoint} is refused: {why}. Compare the certificates of both ends: certificates list.", fault);
        }
    }

    private Task ShakeHandsAsServer(SslStream tls, Judge judge, CancellationToken cancellation) => tls.AuthenticateAsServerAsync(
        new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificates.OwnContext,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck, // ours is checked by the judge
            CertificateChainPolicy = Offline(),
            RemoteCertificateValidationCallback = judge.Accepts,
            AllowTlsResume = false, // a session must not outlive its certificate
        },
        cancellation);

    private Task ShakeHandsAsClient(SslStream tls, Judge judge, CancellationToken cancellation) => tls.AuthenticateAsClientAsync(
        new SslClientAuthenticationOptions
        {
            TargetHost = "silo", // roles decide, not host names
            ClientCertificateContext = certificates.OwnContext,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = Offline(),
            RemoteCertificateValidationCallback = judge.Accepts,
            AllowTlsResume = false,
        },
        cancellation);

    // The stream builds a chain before it asks the judge. It must neither call an address that a certificate names (R20)
    // nor look into the machine's own store.
    private static X509ChainPolicy Offline() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private async Task Farewell(ConnectionContext connection, SslStream tls, Task sending)
    {
        try
        {
            using var limit = new CancellationTokenSource(FarewellLimit, clock);
            await sending.WaitAsync(limit.Token);
            if (!connection.ConnectionClosed.IsCancellationRequested)
            {
                await tls.ShutdownAsync().WaitAsync(limit.Token);
                await tls.FlushAsync(limit.Token);
            }
        }
        catch (Exception)
        {
            // The other end has gone without a farewell, as a crashed process does. There is nobody left to tell.
        }
    }

    private void Add(Peer peer)
    {
        lock (open)
        {
            open.Add(peer);
        }
    }

    private void Remove(Peer peer)
    {
        lock (open)
        {
            open.Remove(peer);
        }
    }

    private void JudgeAgain()
    {
        var withdrawn = new List<(ConnectionContext Connection, string Fault)>();
        lock (open)
        {
            foreach (var peer in open)
            {
                if (!peer.IsStillGood(certificates, out var fault))
                {
                    withdrawn.Add((peer.Connection, fault));
                }
            }
        }

        foreach (var (connection, fault) in withdrawn)
        {
            LogClosed((connection.RemoteEndPoint as IPEndPoint)?.Address.ToString(), fault);
            connection.Abort(new ConnectionAbortedException($"Closed: {fault}."));
        }
    }

    [LoggerMessage(5010, LogLevel.Warning, "{Count} connection(s) were refused before a byte reached the cluster; the last from {Remote}: {Why}")]
    private partial void LogRefused(long count, string? remote, string why);

    [LoggerMessage(5011, LogLevel.Warning, "The connection with {Remote} was closed: {Why}")]
    private partial void LogClosed(string? remote, string why);

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Judges the other end of one handshake, and remembers why it was refused.</summary>
    /// <param name="certificates">To judge by.</param>
    /// <param name="roles">The roles of which it must have one.</param>
    /// <param name="name">The name that it must have; null for any.</param>
    private sealed class Judge(ClusterCertificates certificates, CertificateRole[] roles, string? name = null)
    {
        public string? Fault { get; private set; }

        public bool Accepts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
        {
            Fault = shown is X509Certificate2 certificate ? FaultOf(certificates, certificate, roles, name) : "it showed no certificate";
            return Fault is null;
        }

        public static string? FaultOf(ClusterCertificates certificates, X509Certificate2 certificate, CertificateRole[] roles, string? name = null) =>
            !certificates.TryCheck(certificate, out var holder, out var fault) ? fault
            : !roles.Contains(holder.Role) ? $"{holder.Name}: {holder.Role} has no business here"
            : name is not null && holder.Name != name ? $"it is {holder.Name}, and not {name}"
            : null;
    }

    /// <summary>The other end of an open connection. By reference, since the same peer has several.</summary>
    private sealed class Peer(ConnectionContext connection, X509Certificate2 certificate, CertificateRole[] roles) : IDisposable
    {
        public ConnectionContext Connection => connection;

        public bool IsStillGood(ClusterCertificates certificates, [NotNullWhen(false)] out string? fault)
        {
            fault = Judge.FaultOf(certificates, certificate, roles);
            return fault is null;
        }

        public void Dispose() => certificate.Dispose();
    }
}
