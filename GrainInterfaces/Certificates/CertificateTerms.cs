using System.Security.Cryptography.X509Certificates;

namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>How long certificates hold.</summary>
public static class CertificateTerms
{
    /// <summary>About as long as the servers: whoever replaces them replaces the CA, or does so by <c>init --next</c> in between.</summary>
    public static readonly TimeSpan Authority = TimeSpan.FromDays(5 * 365);

    /// <summary>
    /// Short enough that a machine given away and forgotten is locked out by itself; long enough that renewing is a task of
    /// once a year, announced for a month.
    /// </summary>
    public static readonly TimeSpan Issued = TimeSpan.FromDays(365);

    /// <summary>Machines' clocks differ a little: what is issued is valid at once on all of them.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(5);

    /// <summary>From then on list and log say so.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static bool EndsSoon(X509Certificate2 certificate, DateTimeOffset now) => certificate.NotAfter - now < Soon;
}
