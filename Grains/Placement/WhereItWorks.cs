using Orleans.Placement;
using Orleans.Runtime.Placement;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Placement;

/// <summary>Lets a grain live only where it can do its work: a camera's where its network is and the vault has space, a vault's, a recorder's, a journal's and that of a silo's health on the silo of its name.</summary>
/// <remarks>Where no silo is left the call fails. A grain elsewhere would record nothing, or find nothing to erase.</remarks>
internal sealed class WhereItWorks() : PlacementFilterStrategy(order: 1)
{
    public const string Camera = "camera";
    public const string Vault = "vault";
    public const string Recorder = "recorder";
    public const string Journal = "journal";
    public const string Health = "silo-health";

    internal sealed class Director(ISiloPlaces places) : IPlacementFilterDirector
    {
        private static readonly GrainType CameraType = GrainType.Create(Camera);

        public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
        {
            var key = target.GrainIdentity.Key.ToString()!;
            return target.GrainIdentity.Type == CameraType ? ForCamera(new CameraId(key), silos) : silos.Where(silo => places.Is(silo, key));
        }

        // Where no vault has space the grain must live all the same: somebody has to say that nothing is recorded.
        private List<SiloAddress> ForCamera(CameraId camera, IEnumerable<SiloAddress> silos)
        {
            var reaching = silos.Where(silo => places.Reaches(silo, camera)).ToList();
            var withSpace = reaching.Where(places.HasSpace).ToList();
            return withSpace.Count > 0 ? withSpace : reaching;
        }
    }
}

/// <inheritdoc cref="WhereItWorks"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WhereItWorksAttribute() : PlacementFilterAttribute(new WhereItWorks());
