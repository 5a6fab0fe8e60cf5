using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>Why a run gave nothing, or nothing more.</summary>
/// <param name="Fault">What is told of the camera.</param>
/// <param name="Why">For the log: what ffmpeg or the disk said of it; null where nobody said more.</param>
internal sealed record RunFault(CameraFault Fault, string? Why = null);
