using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Tests.Security;

/// <summary>Certificates in memory, known to each other by having been made here: for tests of what stands on a verdict, not of the verdict.</summary>
internal sealed class TestCertificates : IClusterCertificates
{
    private readonly ConcurrentDictionary<string, CertificateHolder> known = new();

    public TestCertificates() => Own = Issue("silo-1", CertificateRole.Silo);

    public X509Certificate2 Own { get; }

    /// <summary>A certificate with key that this cluster knows.</summary>
    public X509Certificate2 Issue(string name, CertificateRole role)
    {
        var certificate = Make(name, role);
        known[certificate.Thumbprint] = new CertificateHolder(name, role);
        return certificate;
    }

    public void Revoke(X509Certificate2 certificate) => known.TryRemove(certificate.Thumbprint, out _);

    /// <summary>The same cluster, seen by the holder of another certificate.</summary>
    public IClusterCertificates Of(X509Certificate2 own) => new Seen(this, own);

    /// <summary>A certificate with key that no cluster knows.</summary>
    public static X509Certificate2 Make(string name, CertificateRole role = CertificateRole.Silo)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([CertificateRoles.OidOf(role)], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }

    public bool TryCheck(X509Certificate2 certificate, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault)
    {
        fault = known.TryGetValue(certificate.Thumbprint, out holder) ? null : "unknown";
        return fault is null;
    }

    private sealed class Seen(TestCertificates cluster, X509Certificate2 own) : IClusterCertificates
    {
        public X509Certificate2 Own => own;

        public bool TryCheck(X509Certificate2 certificate, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault) =>
            cluster.TryCheck(certificate, out holder, out fault);
    }
}
