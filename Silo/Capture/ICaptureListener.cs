using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>Hears how capture goes.</summary>
internal interface ICaptureListener
{
    /// <returns>False when the lease is no longer the camera's: capture must stop.</returns>
    Task<bool> Tell(CaptureLease lease, CaptureHealth health, ImmutableArray<Part> parts);

    /// <summary>This silo's vault takes nothing: it is full, or out of order. It is told to the others.</summary>
    /// <returns>Whether there is another that could record with this camera.</returns>
    Task<bool> VaultRefuses(CameraId camera);

    /// <summary>This silo gives the lease up, and has closed its parts: another may take the recording up.</summary>
    Task Leave(CaptureLease lease, ImmutableArray<Part> parts);

    /// <summary>As <see cref="Leave"/>, and has another take the recording up now.</summary>
    Task MoveOn(CaptureLease lease, ImmutableArray<Part> parts);
}
