using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.Tests.Silo;

/// <summary>Trusts a silo's own CA as its portal's, and no other.</summary>
internal static class PortalTrust
{
    public static SslClientAuthenticationOptions In(string certificates)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(certificates, "ca.crt"));
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
