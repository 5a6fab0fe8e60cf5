using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace RecordingCluster.Tests.Silo;

/// <summary>A client with a good certificate that speaks Orleans' protocol by itself: it says what it likes, and sees every byte that comes.</summary>
internal sealed class OwnStack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Internal to Orleans, as is how it is written.
    private static readonly Type Preamble = typeof(Orleans.Configuration.ClientMessagingOptions).Assembly.GetType("Orleans.Runtime.Messaging.ConnectionPreamble", throwOnError: true)!;
    private static readonly Type Serializing = typeof(Serializer<>).MakeGenericType(Preamble);
    private static readonly object Serializer = new ServiceCollection().AddSerializer(serializer => serializer.AddAssembly(Preamble.Assembly)).BuildServiceProvider().GetRequiredService(Serializing);

    private readonly Socket socket;
    private readonly SslStream tls;

    private OwnStack(Socket socket, SslStream tls) => (this.socket, this.tls) = (socket, tls);

    /// <summary>The silo's address as it told it; null when it closed the connection without a word.</summary>
    public SiloAddress? Silo { get; private set; }

    /// <summary>Connects, and says to be the client of this key.</summary>
    public static async Task<OwnStack> Connect(int gateway, X509Certificate2 shown, string key)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, gateway));
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = SslStreamCertificateContext.Create(shown, null, offline: true),
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        var stack = new OwnStack(socket, tls);
        await tls.WriteAsync(PreambleOf(key));
        await tls.FlushAsync();
        stack.Silo = await stack.ReadPreamble();
        return stack;
    }

    /// <summary>All that still comes until the other end closes, as text.</summary>
    public async Task<string> ReadToEnd()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        try
        {
            await tls.CopyToAsync(all, patience.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // Cut off, or nothing more comes.
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await tls.DisposeAsync();
        socket.Dispose();
    }

    private static byte[] PreambleOf(string key)
    {
        var preamble = Activator.CreateInstance(Preamble)!;
        Preamble.GetProperty("NetworkProtocolVersion")!.SetValue(preamble, Enum.ToObject(Preamble.GetProperty("NetworkProtocolVersion")!.PropertyType, 1));
        Preamble.GetProperty("NodeIdentity")!.SetValue(preamble, GrainId.Create("sys.client", key));
        Preamble.GetProperty("ClusterId")!.SetValue(preamble, "recording-cluster");
        var body = (byte[])Serializing.GetMethod("SerializeToArray", [Preamble])!.Invoke(Serializer, [preamble])!;
        var framed = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, body.Length);
        body.CopyTo(framed, sizeof(int));
        return framed;
    }

    private async Task<SiloAddress?> ReadPreamble()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var length = new byte[sizeof(int)];
            await tls.ReadExactlyAsync(length, patience.Token);
            var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
            await tls.ReadExactlyAsync(body, patience.Token);
            return (SiloAddress?)Preamble.GetProperty("SiloAddress")!.GetValue(Serializing.GetMethod("Deserialize", [typeof(byte[])])!.Invoke(Serializer, [body]));
        }
        catch (IOException)
        {
            return null; // closed, or cut off
        }
    }
}
