using System.Net;

namespace RecordingCluster.Tool.Walking;

/// <summary>What the walk is told.</summary>
/// <param name="Portal">Where the portal answers.</param>
/// <param name="Gateway">Where grains are called.</param>
/// <param name="Certificates">The folder with ca.crt, ca.crl and the client's own certificate, room-booking.</param>
/// <param name="Cameras">Addresses for the report, without secrets, by room in order.</param>
/// <param name="RecordFor">How long each talk is recorded.</param>
/// <param name="Retention">How long a recording is kept, by the regulation that the walk brings into force.</param>
/// <param name="Afterwards">How long one is kept once the walk is over; 0 leaves it.</param>
/// <param name="Silos">Where the portals of several silos are, each recording the camera of its place in the list; empty for one silo.</param>
/// <param name="VaultFolders">Looked at for leftovers; empty when they are on other machines.</param>
/// <param name="Report">Where the report goes; null for nowhere.</param>
/// <param name="Viewing">Where what the player received is kept; null for nowhere.</param>
internal sealed record WalkOptions(Uri Portal, IPEndPoint Gateway, string Certificates, IReadOnlyList<string> Cameras, TimeSpan RecordFor, TimeSpan Retention, TimeSpan Afterwards, IReadOnlyList<IPAddress> Silos, IReadOnlyList<string> VaultFolders, string? Report, string? Viewing);
