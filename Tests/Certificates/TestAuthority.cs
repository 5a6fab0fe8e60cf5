using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Tests.Certificates;

/// <summary>A CA in a folder of its own, with a silo and a booking client, on a clock of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Client = "room-booking";

    private readonly TemporaryFolder folder = new();

    public TestAuthority()
    {
        Folder = new CertificateFolder(folder["certificates"], Clock);
        Folder.MakeFirst("silo", ["localhost", "127.0.0.1"], Client);
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public CertificateFolder Folder { get; }

    public string Path => folder["certificates"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public ClusterCertificates Open(string name = "silo") => new(CertificateFiles.In(Path, name), Clock, NullLogger<ClusterCertificates>.Instance);

    public X509Certificate2 Load(string name) => LoadFrom(Path, name);

    public static X509Certificate2 LoadFrom(string folder, string name) =>
        X509Certificate2.CreateFromPemFile(System.IO.Path.Combine(folder, $"{name}.crt"), System.IO.Path.Combine(folder, $"{name}.key"));

    /// <summary>Signed by the real CA, and wrong in one way.</summary>
    public static X509Certificate2 Issue(string folder, CertificateRole role, DateTimeOffset from, DateTimeOffset until)
    {
        using var authority = new CertificateAuthority(LoadFrom(folder, "ca"));
        return authority.Issue(new CertificateHolder(Client, role), [], from, until);
    }

    /// <summary>Whatever a request says, signed by the real CA.</summary>
    public X509Certificate2 Sign(CertificateRequest request)
    {
        using var authority = Load("ca");
        var generator = X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!);
        var now = Clock.GetUtcNow();
        return request.Create(authority.SubjectName, generator, now.AddMinutes(-1), now.AddDays(1), [0x42, 1, 2, 3]);
    }

    public static CertificateRequest Request(string subject, params CertificateRole[] roles) => WithRoles(new CertificateRequest(subject, ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256), roles);

    public static CertificateRequest WithRoles(CertificateRequest request, params CertificateRole[] roles)
    {
        var usages = new OidCollection { new("1.3.6.1.5.5.7.3.2") };
        foreach (var role in roles)
        {
            usages.Add(CertificateRoles.OidOf(role));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, critical: false));
        return request;
    }

    public void Dispose() => folder.Dispose();
}
