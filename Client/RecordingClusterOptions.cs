using System.Net;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Client;

/// <summary>How a room-booking system reaches the cluster.</summary>
public sealed class RecordingClusterOptions
{
    /// <summary>The silos' gateways, as address and port. One that answers is enough; several survive the loss of one.</summary>
    public IList<IPEndPoint> Gateways { get; } = [];

    /// <summary>
    /// The four files that <c>Silo certificates issue --role booking-client</c> made, such as <c>CertificateFiles.In("/etc/recording-cluster", "room-booking")</c>.
    /// They are read again when they change.
    /// </summary>
    public CertificateFiles? Certificates { get; set; }
}
