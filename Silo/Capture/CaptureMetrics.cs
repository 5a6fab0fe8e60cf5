using System.Diagnostics.Metrics;
using RecordingCluster.GrainInterfaces.Cameras;
using RecordingCluster.Silo.Capture.Boxes;

namespace RecordingCluster.Silo.Capture;

/// <summary>What operators can measure of capture. Labels name cameras and faults, never a recording or a person (R19).</summary>
internal sealed class CaptureMetrics
{
    public const string MeterName = "RecordingCluster.Capture";

    private readonly Counter<long> fragments;
    private readonly Counter<long> bytes;
    private readonly Counter<long> frames;
    private readonly Counter<long> samples;
    private readonly Counter<long> gaps;

    public CaptureMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        fragments = meter.CreateCounter<long>("recording.fragments", "{fragment}", "Fragments sealed and on disk.");
        bytes = meter.CreateCounter<long>("recording.media", "By", "Picture and sound sealed.");
        frames = meter.CreateCounter<long>("recording.frames", "{frame}", "Pictures sealed.");
        samples = meter.CreateCounter<long>("recording.sound.samples", "{sample}", "Samples of sound sealed.");
        gaps = meter.CreateCounter<long>("recording.gaps", "{gap}", "Times a camera gave nothing while it should.");
    }

    /// <summary>There is such a camera: its counters stand at nothing from the start, so that a first gap is seen as one more.</summary>
    public void Know(CameraId camera)
    {
        Count(camera, 0, 0, 0, 0);
        foreach (var fault in Enum.GetValues<CameraFault>())
        {
            Gaps(camera, fault, 0);
        }
    }

    public void Stored(CameraId camera, FragmentContent content, int size) => Count(camera, 1, size, content.VideoFrames, content.SoundSamples);

    public void Gap(CameraId camera, CameraFault fault) => Gaps(camera, fault, 1);

    private void Count(CameraId camera, long count, long size, long pictures, long sounds)
    {
        var label = KeyValuePair.Create<string, object?>("camera", camera.Value);
        fragments.Add(count, label);
        bytes.Add(size, label);
        frames.Add(pictures, label);
        samples.Add(sounds, label);
    }

    private void Gaps(CameraId camera, CameraFault fault, long count) =>
        gaps.Add(count, KeyValuePair.Create<string, object?>("camera", camera.Value), KeyValuePair.Create<string, object?>("fault", fault.ToString()));
}
