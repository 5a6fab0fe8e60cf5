using System.Net;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Client;

/// <summary>How a room-booking system reaches the cluster.</summary>
public sealed class RecordingClusterOptions
{
    /// <summary>The silos' gateways, as address and port. One that answers is enough; several survive the loss of one.</summary>
    public IList<IPEndPoint> Gateways { get; } = [];

    /// <summary>As whom it calls: a registered service, opaque, never a person's name.</summary>
    public Caller Caller { get; set; } = new("room-booking", Roles.BookingSystem);
}
