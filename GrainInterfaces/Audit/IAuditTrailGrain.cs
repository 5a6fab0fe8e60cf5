using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>The one writer of a site's trail: append-only, each entry chained to the one before by hash (R16).</summary>
/// <remarks>
/// Key: the site's id. An entry that was answered with its number is on disk; those that wait together go there together.
/// Calls interleave: an entry does not wait for the one before it to be answered, and stands behind it all the same.
/// </remarks>
[Alias("audit-trail")]
public interface IAuditTrailGrain : IGrainWithStringKey
{
    /// <summary>Appends an entry and answers its number. Not a repeat: each call is an entry.</summary>
    [Alias("write"), AllowedTo(Roles.Silo)]
    Task<long> Write(AuditNote note);

    /// <summary>Appends an entry of the journal, marked as late with the moment at which it was done. Safe to repeat, while no two do so at once.</summary>
    [Alias("write-late"), AllowedTo(Roles.Silo)]
    Task<long> WriteLate(AuditNote note, DateTimeOffset at, JournalEntryId entry);

    /// <summary>
    /// Writes the certificate of an erased recording: completed with clock and the previous certificate's hash, and signed. Safe
    /// to repeat, also from two silos at once: a recording has one certificate, and it is what is answered.
    /// </summary>
    [Alias("certify"), AllowedTo(Roles.Silo)]
    Task<Certificate> Certify(Certificate certificate);

    /// <summary>The certificate of a recording, or null when it was not erased.</summary>
    [Alias("certificate"), AllowedTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<Certificate?> CertificateOf(RecordingId recording);

    /// <summary>The certificates of a booking's recordings, in order. Looks through all there are, so it may take a second where there are thousands.</summary>
    [Alias("certificates-of"), AllowedTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<ImmutableArray<Certificate>> CertificatesOf(BookingId booking);

    /// <summary>The certificates written on a day of Europe/Amsterdam, in order, at most 1,000 from a number on.</summary>
    [Alias("certificates-on"), AllowedTo(Roles.CameraAdministrator | RoleRules.Deciders | Roles.DataProtectionOfficer | Roles.Silo, Query = true)]
    Task<ImmutableArray<Certificate>> CertificatesOn(DateOnly day, long from);

    /// <summary>Entries from <paramref name="from"/> on, in order, at most <paramref name="count"/>.</summary>
    [Alias("read"), AllowedTo(Roles.DataProtectionOfficer)]
    Task<ImmutableArray<AuditRecord>> Read(long from, int count);

    /// <summary>Leaves in the trail that all of it is about to be read, and says how far it goes.</summary>
    [Alias("begin-reading"), AllowedTo(Roles.DataProtectionOfficer)]
    Task<TrailReading> BeginReading(TrailUse use);

    /// <summary>
    /// Signs what the trail's last entry is now, writes that into the trail, and keeps it outside the database. Where nothing came
    /// since the last head, that one is answered, and kept again if it was not; null for an empty trail. Safe to repeat.
    /// </summary>
    /// <exception cref="Errors.RecordingClusterException">Unavailable: it is in the trail, and could not be kept outside; look at the folder of heads.</exception>
    [Alias("sign-head"), AllowedTo(Roles.DataProtectionOfficer | Roles.Silo)]
    Task<TrailHead?> SignHead();
}
