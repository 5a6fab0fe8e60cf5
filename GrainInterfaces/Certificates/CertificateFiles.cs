namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>Where a process finds its certificates, each a PEM file.</summary>
/// <param name="Authorities">The cluster's CA; while it is being replaced, the old one and the new one.</param>
/// <param name="Revocations">One revocation list (CRL) by each CA of the bundle.</param>
/// <param name="Certificate">The process's own certificate.</param>
/// <param name="Key">Its private key, readable by the process alone.</param>
public sealed record CertificateFiles(string Authorities, string Revocations, string Certificate, string Key)
{
    /// <summary>The names that <c>Silo certificates</c> gives to them in a folder.</summary>
    public static CertificateFiles In(string folder, string name) => new(
        Path.Combine(folder, "ca.crt"), Path.Combine(folder, "ca.crl"), Path.Combine(folder, $"{name}.crt"), Path.Combine(folder, $"{name}.key"));
}
