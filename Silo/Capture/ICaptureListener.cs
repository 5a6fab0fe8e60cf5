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

    /// <summary>This silo is ending, and has closed its parts: another may take the recording up.</summary>
    Task Leave(CaptureLease lease, ImmutableArray<Part> parts);
}
