using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>The CAs of the cluster and what they have taken back, as read at one moment. It never changes; a new one takes its place.</summary>
internal sealed class TrustedAuthorities
{
    // Old and new beside each other while the CA is replaced.
    private const int MostAuthorities = 2;

    private readonly List<(X509Certificate2 Authority, RevocationList Revoked)> authorities;

    // Good answers only. There are as many as certificates were issued, while a stranger could make up bad ones without end.
    private readonly ConcurrentDictionary<string, (CertificateHolder Holder, DateTimeOffset From, DateTimeOffset Until)> known = new();

    private TrustedAuthorities(List<(X509Certificate2 Authority, RevocationList Revoked)> authorities) => this.authorities = authorities;

    /// <summary>Reads bundle and lists. Every CA must have its list, or nothing could ever be revoked.</summary>
    /// <exception cref="CryptographicException">What is wrong, as the end of a sentence that begins with the file.</exception>
    public static TrustedAuthorities Read(ReadOnlySpan<char> bundle, ReadOnlySpan<char> revocations)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(bundle);
        if (certificates.Count is 0 or > MostAuthorities)
        {
            throw new CryptographicException($"The bundle holds {certificates.Count} certificates and must hold 1, or 2 while the CA is replaced.");
        }

        var lists = ReadLists(revocations);
        return new TrustedAuthorities([.. certificates.Select(authority => (Checked(authority), ListOf(authority, lists)))]);
    }

    /// <summary>Whether a list in <paramref name="newer"/> is older than the one that is held of the same CA.</summary>
    public bool WouldGoBack(TrustedAuthorities newer) => authorities.Any(held => newer.authorities.Any(other =>
        held.Authority.RawDataMemory.Span.SequenceEqual(other.Authority.RawDataMemory.Span) && other.Revoked.Number < held.Revoked.Number));

    public bool TryCheck(X509Certificate2 certificate, DateTimeOffset now, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault)
    {
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (known.TryGetValue(thumbprint, out var answer) && answer.From <= now && now <= answer.Until)
        {
            (holder, fault) = (answer.Holder, null);
            return true;
        }

        if (!TryCheckAnew(certificate, now, out holder, out fault, out var until))
        {
            return false;
        }

        known[thumbprint] = (holder, certificate.NotBefore, until);
        return true;
    }

    private bool TryCheckAnew(
        X509Certificate2 certificate, DateTimeOffset now, [NotNullWhen(true)] out CertificateHolder? holder, [NotNullWhen(false)] out string? fault, out DateTimeOffset until)
    {
        (holder, until) = (null, default);
        if (!CertificateName.TryRead(certificate, out var name))
        {
            fault = "its subject is no name of ours";
        }
        else if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            fault = $"{name}: it is {(now < certificate.NotBefore ? "not valid yet" : "no longer valid")}";
        }
        else if (!CertificateName.HasKeyOnP256(certificate))
        {
            fault = $"{name}: its key is not ECDSA P-256";
        }
        else if (!CertificateRoles.TryRead(certificate, out var role))
        {
            fault = $"{name}: it names no role";
        }
        else if (!TryFindIssuer(certificate, now, out var issuer, out fault))
        {
            fault = $"{name}: {fault}";
        }
        else if (issuer.Value.Revoked.Has(certificate))
        {
            fault = $"{name}: serial {certificate.SerialNumber} is revoked";
        }
        else if (issuer.Value.Revoked.Until < now)
        {
            fault = $"{name}: the revocation list of its CA has run out";
        }
        else
        {
            holder = new CertificateHolder(name, role.Value);
            until = new[] { certificate.NotAfter, issuer.Value.Authority.NotAfter, issuer.Value.Revoked.Until }.Min();
            return true;
        }

        return false;
    }

    private bool TryFindIssuer(
        X509Certificate2 certificate, DateTimeOffset now, [NotNullWhen(true)] out (X509Certificate2 Authority, RevocationList Revoked)? issuer, [NotNullWhen(false)] out string? fault)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.Select(one => one.Authority).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // by our own list, below
        chain.ChainPolicy.DisableCertificateDownloads = true; // or a stranger's certificate could name an address to call (R20)
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        try
        {
            var good = chain.Build(certificate);
            issuer = good && chain.ChainElements is [_, var root] ? Find(root.Certificate) : null;
            fault = issuer is null ? $"it was not issued by the cluster's CA ({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})" : null;
            return issuer is not null;
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    private (X509Certificate2 Authority, RevocationList Revoked)? Find(X509Certificate2 root)
    {
        foreach (var one in authorities)
        {
            if (one.Authority.RawDataMemory.Span.SequenceEqual(root.RawDataMemory.Span))
            {
                return one;
            }
        }

        return null;
    }

    private static X509Certificate2 Checked(X509Certificate2 authority)
    {
        const X509KeyUsageFlags signs = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;
        var mayIssue = authority.Extensions.OfType<X509BasicConstraintsExtension>().Any(basic => basic.CertificateAuthority)
            && authority.Extensions.OfType<X509KeyUsageExtension>().Any(usage => (usage.KeyUsages & signs) == signs);
        return mayIssue && CertificateName.HasKeyOnP256(authority)
            ? authority
            : throw new CryptographicException("The bundle holds a certificate that is no CA with an ECDSA P-256 key.");
    }

    private static List<RevocationList> ReadLists(ReadOnlySpan<char> pem)
    {
        var lists = new List<RevocationList>();
        while (PemEncoding.TryFind(pem, out var fields))
        {
            if (!pem[fields.Label].SequenceEqual("X509 CRL"))
            {
                throw new CryptographicException("The revocation lists hold something else.");
            }

            var bytes = new byte[fields.DecodedDataLength];
            if (!Convert.TryFromBase64Chars(pem[fields.Base64Data], bytes, out var length) || length != bytes.Length)
            {
                throw new CryptographicException("A revocation list is cut off.");
            }

            lists.Add(RevocationList.Read(bytes));
            pem = pem[fields.Location.End..];
        }

        return lists;
    }

    // Several by one CA: the newest, whoever put them into which order.
    private static RevocationList ListOf(X509Certificate2 authority, List<RevocationList> lists) =>
        lists.Where(list => list.IsBy(authority)).MaxBy(list => list.Number)
        ?? throw new CryptographicException("A CA of the bundle has no revocation list signed by it; where nothing is revoked there is an empty one.");
}
