using System.Globalization;
using System.Net;
using Orleans.Runtime.MembershipService.SiloMetadata;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Silo.Capture;

namespace RecordingCluster.Silo.Hosting;

/// <summary>What silos say of themselves: their names by membership, the networks of cameras that they reach by metadata.</summary>
internal sealed class SiloPlaces(IClusterMembershipService membership, ISiloMetadataCache metadata, VaultSpaces spaces, IReadOnlyDictionary<CameraId, CameraOptions> cameras) : ISiloPlaces
{
    public const string NetworksKey = "camera-networks";

    public const string VaultPortKey = "vault-port";

    public IReadOnlyCollection<string> Silos => [.. Active.Select(silo => silo.Name).Distinct()];

    public bool Is(SiloAddress silo, string name) => membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) && member.Name == name;

    public bool Reaches(SiloAddress silo, CameraId camera) =>
        cameras.TryGetValue(camera, out var options)
        && metadata.GetSiloMetadata(silo).Metadata.TryGetValue(NetworksKey, out var networks)
        && networks.Split(' ').Contains(options.Network);

    public bool IsReached(CameraId camera) => Active.Any(silo => Reaches(silo.SiloAddress, camera));

    public bool HasSpace(SiloAddress silo) => membership.CurrentSnapshot.Members.TryGetValue(silo, out var member) && spaces.Has(member.Name);

    public bool HasSpaceFor(CameraId camera) => Active.Any(silo => Reaches(silo.SiloAddress, camera) && spaces.Has(silo.Name));

    /// <summary>Where the fragments that a silo keeps are fetched; null when it does not run.</summary>
    public IPEndPoint? VaultOf(string name) =>
        Active.FirstOrDefault(silo => silo.Name == name) is { SiloAddress: var address }
        && metadata.GetSiloMetadata(address).Metadata.TryGetValue(VaultPortKey, out var port)
        && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new IPEndPoint(address.Endpoint.Address, number)
            : null;

    private IEnumerable<ClusterMember> Active => membership.CurrentSnapshot.Members.Values.Where(member => member.Status == SiloStatus.Active);
}
