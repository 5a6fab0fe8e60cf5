using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Tests.Certificates;

/// <summary>Certificates and lists that somebody else wrote: refused, never a crash, and never taken for good.</summary>
public sealed class HostileCertificateTests
{
    [Fact]
    public void A_hostile_certificate_is_refused_and_nothing_is_thrown()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        var sound = new[] { "silo", "room-booking", "ca" }.Select(name => authority.Load(name).RawData).ToList();

        Fuzz.Run(sound, input =>
        {
            using var certificate = Load(input);
            if (certificates.TryCheck(certificate, out var holder, out _))
            {
                Assert.Contains(sound, one => certificate.RawDataMemory.Span.SequenceEqual(one));
                Assert.True(holder.Name is "silo" or "room-booking");
            }
        });
    }

    [Fact]
    public void A_hostile_list_is_refused()
    {
        using var authority = new TestAuthority();
        authority.Folder.RevokeName("room-booking", X509RevocationReason.KeyCompromise);
        using var revoked = authority.Load("room-booking");
        var bundle = File.ReadAllText(authority["ca.crt"]);
        var pem = File.ReadAllText(authority["ca.crl"]);
        var now = authority.Clock.GetUtcNow();

        Fuzz.Run([Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data])], input =>
            Assert.False(Read(bundle, PemEncoding.WriteString("X509 CRL", input)).TryCheck(revoked, now, out _, out _)));
    }

    [Fact]
    public void Hostile_text_in_place_of_bundle_or_lists_is_refused()
    {
        using var authority = new TestAuthority();
        var bundle = File.ReadAllText(authority["ca.crt"]);
        var lists = File.ReadAllText(authority["ca.crl"]);
        using var foreign = new TestAuthority();
        using var stranger = foreign.Load("silo");
        var now = authority.Clock.GetUtcNow();

        Fuzz.Run([Encoding.ASCII.GetBytes(bundle)], input => Assert.False(Read(Encoding.ASCII.GetString(input), lists).TryCheck(stranger, now, out _, out _)));
        Fuzz.Run([Encoding.ASCII.GetBytes(lists)], input => Assert.False(Read(bundle, Encoding.ASCII.GetString(input)).TryCheck(stranger, now, out _, out _)));
    }

    private static X509Certificate2 Load(byte[] input)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(input);
        }
        catch (CryptographicException fault)
        {
            throw new RecordingClusterException(ErrorKind.InvalidInput, "TLS would not have read it. Nothing to do.", fault);
        }
    }

    // As ClusterCertificates does: this is what a damaged file may throw.
    private static TrustedAuthorities Read(string bundle, string lists)
    {
        try
        {
            return TrustedAuthorities.Read(bundle, lists);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new RecordingClusterException(ErrorKind.InvalidInput, "Refused. Nothing to do.", fault);
        }
    }
}
