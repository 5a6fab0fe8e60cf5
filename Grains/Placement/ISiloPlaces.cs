using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Placement;

/// <summary>What only some of the silos can do: reach a camera, open a vault. The host knows.</summary>
public interface ISiloPlaces
{
    /// <summary>The names of the silos that run.</summary>
    IReadOnlyCollection<string> Silos { get; }

    /// <summary>Whether a silo is the one of this name.</summary>
    bool Is(SiloAddress silo, string name);

    /// <summary>Whether a silo says of itself that it reaches the network of a camera.</summary>
    bool Reaches(SiloAddress silo, CameraId camera);

    /// <summary>Whether any silo that runs does.</summary>
    bool IsReached(CameraId camera);

    /// <summary>Whether the vault of a silo has space for another part.</summary>
    bool HasSpace(SiloAddress silo);

    /// <summary>Whether any silo that runs reaches a camera and has space.</summary>
    bool HasSpaceFor(CameraId camera);
}

/// <summary>One silo, which can do everything.</summary>
internal sealed class OneSilo : ISiloPlaces
{
    public IReadOnlyCollection<string> Silos => [];

    public bool Is(SiloAddress silo, string name) => true;

    public bool Reaches(SiloAddress silo, CameraId camera) => true;

    public bool IsReached(CameraId camera) => true;

    public bool HasSpace(SiloAddress silo) => true;

    public bool HasSpaceFor(CameraId camera) => true;
}
