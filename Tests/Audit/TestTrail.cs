using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Tests.Audit;

/// <summary>A small trail with a CA of its own and a silo that signs heads.</summary>
internal sealed class TestTrail : IDisposable
{
    public static readonly SiteId Site = SiteId.Of("town-hall");
    public static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly CertificateAuthority authority = CertificateAuthority.Create(Nine);

    public TestTrail() => Silo = Issue(CertificateRole.Silo);

    public X509Certificate2 Silo { get; }

    public string Authorities => authority.Certificate.ExportCertificatePem();

    public X509Certificate2 Issue(CertificateRole role) => authority.Issue(new CertificateHolder("silo-1", role), [], Nine);

    public SealCheck Seals() => SealCheck.By(Authorities);

    public TrailHead HeadOf(AuditRecord last, X509Certificate2? by = null, DateTimeOffset? at = null) => TrailHead.Of(Site, last, at ?? Nine.AddHours(1), by ?? Silo);

    /// <summary>A whole chain of this many entries, every field with something in it somewhere.</summary>
    public static ImmutableArray<AuditRecord> Chain(int count)
    {
        var chain = ImmutableArray.CreateBuilder<AuditRecord>();
        for (var number = 1; number <= count; number++)
        {
            chain.Add(AuditChain.Next(
                chain.LastOrDefault(),
                new AuditNote("official-1 (Official)", $"booking/start-{number}", $"booking/ref-{number}", "portal", AuditResult.Done, number % 2 == 0 ? number - 1 : null, $"{{\"n\":{number}}}")
                {
                    Trace = number % 3 == 0 ? "" : $"{number:x32}",
                },
                Nine.AddSeconds(number)));
        }

        return chain.ToImmutable();
    }

    public ChainReport Check(IEnumerable<AuditRecord> entries, params IEnumerable<TrailHead> heads)
    {
        using var seals = Seals();
        var check = new ChainCheck(heads, seals);
        foreach (var entry in entries)
        {
            check.Add(entry);
        }

        return check.Finish();
    }

    public void Dispose()
    {
        Silo.Dispose();
        authority.Dispose();
    }
}
