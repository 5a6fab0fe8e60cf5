using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.GrainInterfaces.Cameras;

/// <summary>What a camera is doing, in numbers: there is no live picture (R2).</summary>
/// <param name="Id">The camera.</param>
/// <param name="Recording">The recording that has it; null when no media connection is open.</param>
/// <param name="Epoch">The lease under which it records; grows with each.</param>
/// <param name="Health">The last that the recorder told; null when it told nothing since the lease began.</param>
[GenerateSerializer, Immutable, Alias("camera-view")]
public sealed record CameraView(CameraId Id, RecordingId? Recording, int Epoch, CaptureHealth? Health);

/// <summary>How recording goes, over the last few seconds.</summary>
/// <param name="Part">The part being written, or the last one written when there is a gap.</param>
/// <param name="LastFragmentAt">When the last whole fragment was on disk.</param>
/// <param name="FramesPerSecond">Pictures.</param>
/// <param name="KilobitsPerSecond">Picture and sound.</param>
/// <param name="SoundSamplesPerSecond">Sound, as the camera samples it; 0 when it is silent.</param>
/// <param name="Gap">Why and since when picture or sound is missing; null when all is well.</param>
[GenerateSerializer, Immutable, Alias("capture-health")]
public sealed record CaptureHealth(
    PartId Part,
    DateTimeOffset LastFragmentAt,
    double FramesPerSecond,
    double KilobitsPerSecond,
    double SoundSamplesPerSecond,
    CaptureGap? Gap);

/// <summary>A stretch of a talk of which something is not being recorded: all of it, or the sound alone where the fault is NoSound and fragments go on.</summary>
[GenerateSerializer, Immutable, Alias("capture-gap")]
public sealed record CaptureGap(DateTimeOffset Since, CameraFault Fault);
