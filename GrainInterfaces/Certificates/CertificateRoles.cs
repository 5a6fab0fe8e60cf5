using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>How a role stands in a certificate: an extended key usage of our own, beside the standard ones.</summary>
public static class CertificateRoles
{
    // 2.25 is the arc that gives everybody with a UUID a name of their own, without asking anyone (ITU-T X.667).
    // This is 282aef98-51c6-4e7f-a925-9bbb263fc844. It is in certificates: never change it.
    private const string Arc = "2.25.53392055863339096401284328400168667204";

    private const string SiloOid = Arc + ".1";
    private const string BookingClientOid = Arc + ".2";

    public static Oid OidOf(CertificateRole role) => new(role == CertificateRole.Silo ? SiloOid : BookingClientOid);

    /// <summary>The one role that a certificate gives. None, or two, is no role.</summary>
    public static bool TryRead(X509Certificate2 certificate, [NotNullWhen(true)] out CertificateRole? role)
    {
        var roles = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>())
            .Select(usage => usage.Value switch
            {
                SiloOid => CertificateRole.Silo,
                BookingClientOid => CertificateRole.BookingClient,
                _ => (CertificateRole?)null,
            })
            .Where(found => found is not null)
            .ToList();
        role = roles is [var one] ? one : null;
        return role is not null;
    }
}
