using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Silo.Security;

/// <summary>The cluster's own CA with its key: issues certificates, and signs the list of those it has taken back.</summary>
internal sealed class CertificateAuthority(X509Certificate2 certificate) : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // RFC 5280 wants at most 20 bytes, positive; 16 random ones never meet.
    private const int SerialBytes = 16;

    public X509Certificate2 Certificate { get; } = certificate;

    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = NewKey();

        // A name of its own, so that old and new CA are told apart while both are trusted.
        var request = new CertificateRequest($"CN=recording-cluster-ca-{RandomNumberGenerator.GetHexString(8, lowercase: true)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new CertificateAuthority(request.CreateSelfSigned(now - CertificateTerms.Allowance, now + CertificateTerms.Authority));
    }

    /// <summary>A certificate with its key. It never outlives the CA.</summary>
    public X509Certificate2 Issue(CertificateHolder holder, IEnumerable<string> addresses, DateTimeOffset now) =>
        Issue(holder, addresses, now - CertificateTerms.Allowance, now + CertificateTerms.Issued);

    public X509Certificate2 Issue(CertificateHolder holder, IEnumerable<string> addresses, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = NewKey();
        var request = new CertificateRequest($"CN={holder.Name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(UsagesOf(holder.Role), critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        if (NamesOf(addresses) is { } names)
        {
            request.CertificateExtensions.Add(names);
        }

        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        using var bare = request.Create(Certificate, Earlier(from, until), Earlier(until, Certificate.NotAfter), serial);
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>The list that follows <paramref name="before"/> (PEM; null for the first), with <paramref name="revoked"/> on it as well.</summary>
    public string NextList(string? before, IEnumerable<ReadOnlyMemory<byte>> revoked, X509RevocationReason reason, DateTimeOffset now)
    {
        BigInteger number = 0;
        var builder = before is null ? new CertificateRevocationListBuilder() : CertificateRevocationListBuilder.LoadPem(before, out number);
        foreach (var serial in revoked)
        {
            builder.AddEntry(serial.Span, now, reason);
        }

        // The list holds as long as the CA: one that runs out while nobody looks would stop a cluster that stands apart,
        // and a talk with it. It is read from the silo's own disk; what a term protects from is a list held back on the way.
        var bytes = builder.Build(Certificate, number + 1, Certificate.NotAfter, HashAlgorithmName.SHA256, thisUpdate: now);
        return PemEncoding.WriteString("X509 CRL", bytes) + "\n";
    }

    public void Dispose() => Certificate.Dispose();

    private static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static OidCollection UsagesOf(CertificateRole role)
    {
        var usages = new OidCollection { new Oid(ClientAuthentication), CertificateRoles.OidOf(role) };
        if (role == CertificateRole.Silo)
        {
            usages.Add(new Oid(ServerAuthentication));
        }

        return usages;
    }

    private static X509Extension? NamesOf(IEnumerable<string> addresses)
    {
        var names = new SubjectAlternativeNameBuilder();
        var any = false;
        foreach (var address in addresses.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            any = true;
            if (IPAddress.TryParse(address, out var ip))
            {
                names.AddIpAddress(ip);
            }
            else
            {
                names.AddDnsName(address);
            }
        }

        return any ? names.Build() : null;
    }
}
