using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Tests.Certificates;

/// <summary>Who holds a certificate of the cluster, and who does not.</summary>
public sealed class ClusterCertificatesTests
{
    [Fact]
    public void A_certificate_of_the_own_CA_names_its_holder_and_role()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();

        Assert.Equal(new CertificateHolder("silo", CertificateRole.Silo), Check(certificates, certificates.Own).Holder);
        Assert.Equal(new CertificateHolder("room-booking", CertificateRole.BookingClient), Check(certificates, authority.Load("room-booking")).Holder);
        Assert.True(certificates.Own.HasPrivateKey);
    }

    [Fact]
    public void One_of_another_CA_is_refused_also_when_that_CA_bears_the_same_name()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificates = authority.Open();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var real = authority.Load("ca");
        var forged = new CertificateRequest(real.SubjectName, key, HashAlgorithmName.SHA256);
        forged.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        forged.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        forged.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(real.PublicKey, false));
        using var namesake = new CertificateAuthority(forged.CreateSelfSigned(authority.Clock.GetUtcNow().AddDays(-1), authority.Clock.GetUtcNow().AddDays(9)));

        var foreign = Check(certificates, other.Load("room-booking"));
        var forgery = Check(certificates, namesake.Issue(new CertificateHolder("silo", CertificateRole.Silo), [], authority.Clock.GetUtcNow()));

        Assert.Contains("not issued by the cluster's CA", foreign.Fault, StringComparison.Ordinal);
        Assert.Contains("not issued by the cluster's CA", forgery.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_from_its_first_moment_to_its_last_by_the_clock_that_was_given()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        var now = authority.Clock.GetUtcNow();
        using var tomorrow = TestAuthority.Issue(authority.Path, CertificateRole.BookingClient, now.AddDays(1), now.AddDays(2));

        var early = Check(certificates, tomorrow);
        authority.Clock.Advance(TimeSpan.FromDays(1.5));
        var good = Check(certificates, tomorrow);
        authority.Clock.Advance(TimeSpan.FromDays(1));
        var late = Check(certificates, tomorrow);

        Assert.Equal("room-booking: it is not valid yet", early.Fault);
        Assert.NotNull(good.Holder);
        Assert.Equal("room-booking: it is no longer valid", late.Fault);
    }

    [Fact]
    public void A_revoked_one_is_refused_at_the_next_look_and_another_of_the_same_holder_is_not()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        using var old = authority.Load("room-booking");
        authority.Folder.Issue(new CertificateHolder("room-booking", CertificateRole.BookingClient), []).Dispose();
        using var renewed = authority.Load("room-booking");
        Assert.NotNull(Check(certificates, old).Holder);

        authority.Folder.RevokeName("room-booking", X509RevocationReason.Superseded);
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        Assert.Equal($"room-booking: serial {old.SerialNumber} is revoked", Check(certificates, old).Fault);
        Assert.NotNull(Check(certificates, renewed).Holder);
    }

    [Fact]
    public void What_the_CA_signed_and_is_not_as_we_issue_it_is_refused()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var client = CertificateRole.BookingClient;

        var faults = new[]
        {
            TestAuthority.Request("CN=room-booking"),
            TestAuthority.Request("CN=room-booking", client, CertificateRole.Silo),
            TestAuthority.Request("CN=Jan Jansen", client),
            TestAuthority.Request("CN=room-booking, O=Town", client),
            TestAuthority.Request("O=room-booking", client),
            TestAuthority.WithRoles(new CertificateRequest("CN=room-booking", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), client),
            TestAuthority.WithRoles(new CertificateRequest("CN=room-booking", p384, HashAlgorithmName.SHA256), client),
        }.Select(request => Check(certificates, authority.Sign(request)).Fault);

        Assert.Equal(
            [
                "room-booking: it names no role", "room-booking: it names no role", "its subject is no name of ours", "its subject is no name of ours", "its subject is no name of ours",
                "room-booking: its key is not ECDSA P-256", "room-booking: its key is not ECDSA P-256",
            ],
            faults);
    }

    [Fact]
    public void Who_was_issued_a_certificate_cannot_issue_others()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        using var client = authority.Load("room-booking");
        var now = authority.Clock.GetUtcNow();
        var request = TestAuthority.Request("CN=silo", CertificateRole.Silo);
        using var made = request.Create(client.SubjectName, X509SignatureGenerator.CreateForECDsa(client.GetECDsaPrivateKey()!), now.AddMinutes(-1), now.AddDays(1), [1]);

        Assert.Contains("not issued by the cluster's CA", Check(certificates, made).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_CA_is_replaced_both_vouch_and_afterwards_only_the_new_one()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        using var before = authority.Load("room-booking");

        authority.Folder.InitNext();
        authority.Clock.Advance(ClusterCertificates.LookEvery);
        authority.Folder.Issue(new CertificateHolder("room-booking", CertificateRole.BookingClient), []).Dispose();
        using var after = authority.Load("room-booking");
        var both = (Check(certificates, before).Holder, Check(certificates, after).Holder);
        var tooEarly = Assert.Throws<RecordingClusterException>(authority.Folder.RetireOld);
        authority.Folder.Issue(new CertificateHolder("silo", CertificateRole.Silo), ["localhost"]).Dispose();
        authority.Folder.RetireOld();
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        Assert.Equal(both.Item1, both.Item2);
        Assert.NotNull(both.Item1);
        Assert.Contains("vouches for silo", tooEarly.Message, StringComparison.Ordinal);
        Assert.Null(Check(certificates, before).Holder);
        Assert.NotNull(Check(certificates, after).Holder);
        Assert.NotNull(Check(certificates, certificates.Own).Holder);
    }

    [Fact]
    public void What_the_old_CA_issued_can_be_revoked_while_it_is_replaced()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        using var before = authority.Load("room-booking");
        authority.Folder.InitNext();

        authority.Folder.RevokeSerial(before.SerialNumber, X509RevocationReason.KeyCompromise);
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        Assert.Contains("is revoked", Check(certificates, before).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("ca.crl")]
    [InlineData("silo.crt")]
    [InlineData("silo.key")]
    public void A_file_that_is_missing_or_damaged_stops_a_start_and_changes_nothing_for_who_runs(string name)
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        var own = certificates.Own;
        var sound = File.ReadAllBytes(authority[name]);

        foreach (var damage in new Action[]
        {
            () => File.WriteAllBytes(authority[name], sound[..(sound.Length / 2)]),
            () => File.WriteAllText(authority[name], ""),
            () => File.WriteAllBytes(authority[name], new byte[2 << 20]),
            () => File.Delete(authority[name]),
        })
        {
            damage();
            authority.Clock.Advance(ClusterCertificates.LookEvery);
            Assert.Equal(ErrorKind.InvalidInput, Assert.Throws<RecordingClusterException>(() => authority.Open()).Kind);
            Assert.Same(own, certificates.Own);
            Assert.NotNull(Check(certificates, authority.Load("room-booking")).Holder);
        }
    }

    [Fact]
    public void A_botched_renewal_of_ones_own_does_not_hold_up_a_revocation()
    {
        using var authority = new TestAuthority();
        using var certificates = authority.Open();
        File.Delete(authority["silo.key"]);

        authority.Folder.RevokeName("room-booking", X509RevocationReason.KeyCompromise);
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        Assert.Contains("is revoked", Check(certificates, authority.Load("room-booking")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_list_or_one_that_another_signed_does_not_give_back_what_was_revoked()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificates = authority.Open();
        var empty = File.ReadAllText(authority["ca.crl"]);
        using var client = authority.Load("room-booking");
        authority.Folder.RevokeName("room-booking", X509RevocationReason.KeyCompromise);
        authority.Clock.Advance(ClusterCertificates.LookEvery);

        foreach (var list in new[] { empty, File.ReadAllText(other["ca.crl"]) })
        {
            File.WriteAllText(authority["ca.crl"], list);
            authority.Clock.Advance(ClusterCertificates.LookEvery);
            Assert.Contains("is revoked", Check(certificates, client).Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_changed_in_any_byte_is_refused()
    {
        using var authority = new TestAuthority();
        authority.Folder.RevokeName("room-booking", X509RevocationReason.KeyCompromise);
        var bundle = File.ReadAllText(authority["ca.crt"]);
        var pem = File.ReadAllText(authority["ca.crl"]);
        var sound = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        TrustedAuthorities.Read(bundle, PemEncoding.WriteString("X509 CRL", sound));

        for (var at = 0; at < sound.Length; at++)
        {
            var changed = (byte[])sound.Clone();
            changed[at] ^= 1;
            Assert.Throws<CryptographicException>(() => TrustedAuthorities.Read(bundle, PemEncoding.WriteString("X509 CRL", changed)));
        }
    }

    [Fact]
    public void Checks_from_many_threads_while_files_change_give_only_right_answers()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificates = authority.Open();
        using var good = authority.Load("room-booking");
        using var foreign = other.Load("room-booking");
        var wrong = 0;

        Parallel.For(0, 4_000, number =>
        {
            if (number % 200 == 0)
            {
                lock (authority)
                {
                    authority.Folder.Issue(new CertificateHolder("silo", CertificateRole.Silo), []).Dispose();
                    authority.Folder.RevokeName("silo", X509RevocationReason.Superseded);
                }

                certificates.Look();
            }

            if (Check(certificates, good).Holder is null || Check(certificates, foreign).Holder is not null)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    private static (CertificateHolder? Holder, string? Fault) Check(ClusterCertificates certificates, X509Certificate2 certificate)
    {
        var good = certificates.TryCheck(certificate, out var holder, out var fault);
        Assert.Equal(good, fault is null);
        return (holder, fault);
    }
}
