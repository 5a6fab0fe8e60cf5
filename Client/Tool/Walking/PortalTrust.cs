using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.Tool.Walking;

/// <summary>Trusts the cluster's own CA as the portal's, and no other; names are checked as always.</summary>
internal static class PortalTrust
{
    /// <param name="certificates">The folder with ca.crt.</param>
    /// <param name="at">Where the portal of this name is; null to look the name up.</param>
    public static HttpMessageHandler Handler(string certificates, IPAddress? at)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(certificates, "ca.crt"));
        return new SocketsHttpHandler
        {
            CookieContainer = new CookieContainer(),
            AllowAutoRedirect = false,
            SslOptions = { CertificateChainPolicy = policy },
            ConnectCallback = at is null ? null : async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(at, context.DnsEndPoint.Port, stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
    }
}
