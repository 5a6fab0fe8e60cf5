namespace RecordingCluster.GrainInterfaces.Certificates;

/// <summary>What a certificate of the cluster's own CA was issued for.</summary>
public enum CertificateRole
{
    /// <summary>A silo: speaks for the cluster, and for the people signed in at its portal.</summary>
    Silo,

    /// <summary>A room-booking system: speaks for itself alone.</summary>
    BookingClient,
}

/// <summary>Whom a certificate stands for.</summary>
/// <param name="Name">Opaque name of the silo or service, never a person's (R19).</param>
/// <param name="Role">What it may be.</param>
public sealed record CertificateHolder(string Name, CertificateRole Role);
