using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>Checks seals by the CAs that one trusts, and by nothing else: no clock, no database, no cluster.</summary>
/// <remarks>Whether a certificate was taken back later does not count: what was signed before was signed. One user at a time.</remarks>
public sealed class SealCheck : IDisposable
{
    private const string Foreign = "its signer's certificate was not issued to a silo by a CA that is trusted here";

    private readonly X509Certificate2Collection authorities = [];

    // A silo has a new certificate once a year.
    private readonly Dictionary<string, Signer?> signers = new(StringComparer.Ordinal);

    private SealCheck()
    {
    }

    /// <param name="authorities">One or more CA certificates as PEM: <c>ca.crt</c> of each time that is to be checked.</param>
    /// <exception cref="RecordingClusterException">InvalidInput: it holds no certificate.</exception>
    public static SealCheck By(string authorities)
    {
        var check = new SealCheck();
        try
        {
            check.authorities.ImportFromPem(authorities);
        }
        catch (CryptographicException)
        {
            // Named below: it holds none.
        }

        return check.authorities.Count > 0
            ? check
            : throw RecordingClusterException.Invalid("authorities", "holds no certificate.", "Give ca.crt of the cluster, as it was kept.");
    }

    /// <summary>What is wrong with a seal under <paramref name="text"/>, which says that it was made at <paramref name="at"/>; null when nothing is.</summary>
    public string? FaultOf(SiloSeal seal, ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        var signature = new byte[64];
        if (!Convert.TryFromBase64String(seal.Signature, signature, out var length) || length != signature.Length)
        {
            return "its signature is no signature";
        }

        if (!signers.TryGetValue(seal.Certificate, out var signer))
        {
            signers[seal.Certificate] = signer = Read(seal.Certificate, at);
        }

        return signer is null ? Foreign
            : at < signer.From || at > signer.Until ? "its signer's certificate did not hold at that time"
            : signer.Key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? null
            : "its signature is not under these words";
    }

    public void Dispose()
    {
        foreach (var signer in signers.Values)
        {
            signer?.Key.Dispose();
        }

        foreach (var authority in authorities)
        {
            authority.Dispose();
        }
    }

    private Signer? Read(string encoded, DateTimeOffset at)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded));
            return CertificateRoles.TryRead(certificate, out var role) && role == CertificateRole.Silo && IsIssued(certificate, at) && certificate.GetECDsaPublicKey() is { } key
                ? new Signer(key, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime())
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private bool IsIssued(X509Certificate2 certificate, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true; // nothing is asked of anybody (R20)
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        return chain.Build(certificate);
    }

    private sealed record Signer(ECDsa Key, DateTimeOffset From, DateTimeOffset Until);
}
