using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>The one writer of a site's trail: append-only, each entry chained to the one before by hash (R16).</summary>
/// <remarks>Key: the site's id. An entry that was answered with its number is on disk.</remarks>
[Alias("audit-trail")]
public interface IAuditTrailGrain : IGrainWithStringKey
{
    /// <summary>Appends an entry and answers its number. Not a repeat: each call is an entry.</summary>
    [Alias("write"), AllowedTo(Roles.Silo)]
    Task<long> Write(AuditNote note);

    /// <summary>Writes the certificate of an erased recording. Safe to repeat: a recording has one certificate, and it is what is answered.</summary>
    [Alias("certify"), AllowedTo(Roles.Silo)]
    Task<Certificate> Certify(Certificate certificate);

    /// <summary>The certificate of a recording, or null when it was not erased.</summary>
    [Alias("certificate"), AllowedTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<Certificate?> CertificateOf(RecordingId recording);

    /// <summary>Entries from <paramref name="from"/> on, in order, at most <paramref name="count"/>.</summary>
    [Alias("read"), AllowedTo(Roles.DataProtectionOfficer)]
    Task<ImmutableArray<AuditRecord>> Read(long from, int count);
}
