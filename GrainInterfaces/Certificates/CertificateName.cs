using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>Reads a certificate's subject and key as we issue them, and nothing looser.</summary>
internal static class CertificateName
{
    private const string CommonName = "2.5.4.3";
    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <summary>The subject is one common name, and that is a name by our rule: opaque, and safe to write into a log.</summary>
    public static bool TryRead(X509Certificate2 certificate, [NotNullWhen(true)] out string? name)
    {
        name = null;
        var parts = certificate.SubjectName.EnumerateRelativeDistinguishedNames().ToList();
        if (parts is not [{ HasMultipleElements: false } only] || only.GetSingleElementType().Value != CommonName)
        {
            return false;
        }

        name = only.GetSingleElementValue();
        return Names.IsName(name);
    }

    public static bool HasKeyOnP256(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey();
        return key?.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: NistP256 };
    }
}
