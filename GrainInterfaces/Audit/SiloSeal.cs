using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>A silo's signature under some text, with the certificate that it is checked by: ES256 (ECDSA P-256, SHA-256).</summary>
/// <remarks>
/// The key is that of the silo's own certificate, which the cluster's CA issued for a year. The certificate travels with the
/// signature, so whoever kept <c>ca.crt</c> checks it years later, when the certificate has long been renewed: it must have been
/// issued by that CA, to a silo, and hold at the moment that the signed text names.
/// </remarks>
/// <param name="Certificate">The signer's certificate, DER in base64.</param>
/// <param name="Signature">r and s, 32 bytes each (IEEE P1363), in base64.</param>
[GenerateSerializer, Immutable, Alias("silo-seal")]
public sealed record SiloSeal(string Certificate, string Signature)
{
    public static SiloSeal Of(ReadOnlySpan<byte> text, X509Certificate2 own)
    {
        using var key = own.GetECDsaPrivateKey() ?? throw new InvalidOperationException("A silo's certificate has an ECDSA key.");
        return new SiloSeal(
            Convert.ToBase64String(own.RawDataMemory.Span),
            Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
    }
}
