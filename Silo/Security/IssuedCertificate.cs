using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Silo.Security;

/// <summary>One line of <c>certificates list</c>.</summary>
/// <param name="Name">The holder's, or the CA's own.</param>
/// <param name="Role">Null for a CA.</param>
/// <param name="Serial">As <c>revoke --serial</c> takes it.</param>
/// <param name="From">Valid from.</param>
/// <param name="Until">Valid until.</param>
/// <param name="Revoked">Stands on its CA's list.</param>
/// <param name="Authority">The CA it is by.</param>
internal sealed record IssuedCertificate(string Name, CertificateRole? Role, string Serial, DateTimeOffset From, DateTimeOffset Until, bool Revoked, string Authority)
{
    public bool IsLive(DateTimeOffset now) => !Revoked && now < Until;

    public bool EndsSoon(DateTimeOffset now) => IsLive(now) && Until - now < CertificateTerms.Soon;
}
