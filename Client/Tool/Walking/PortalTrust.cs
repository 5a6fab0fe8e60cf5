using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.Tool.Walking;

/// <summary>Trusts the cluster's own CA as the portal's, and no other; names are checked as always.</summary>
internal static class PortalTrust
{
    public static HttpMessageHandler Handler(string certificates)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(certificates, "ca.crt"));
        return new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = policy } };
    }
}
