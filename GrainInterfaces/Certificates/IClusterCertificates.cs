using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>The certificates that one process holds: its own, and what it needs to judge another's.</summary>
public interface IClusterCertificates
{
    /// <summary>The process's own certificate with its private key (ECDSA P-256): the newest that was issued to it. Do not dispose of it.</summary>
    X509Certificate2 Own { get; }

    /// <summary>
    /// Whether a certificate was issued by the cluster's CA, is valid now and not revoked. False says in
    /// <paramref name="fault"/> why not, for the log alone.
    /// </summary>
    bool TryCheck(X509Certificate2 certificate, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault);
}
