using System.Diagnostics.Metrics;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Silo.Capture;

/// <summary>What operators can measure of capture. Labels name cameras and faults, never a recording or a person (R19).</summary>
internal sealed class CaptureMetrics
{
    public const string MeterName = "RecordingCluster.Capture";

    private readonly Counter<long> fragments;
    private readonly Counter<long> bytes;
    private readonly Counter<long> gaps;

    public CaptureMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        fragments = meter.CreateCounter<long>("recording.fragments", "{fragment}", "Fragments sealed and on disk.");
        bytes = meter.CreateCounter<long>("recording.media", "By", "Picture and sound sealed.");
        gaps = meter.CreateCounter<long>("recording.gaps", "{gap}", "Times a camera gave nothing while it should.");
    }

    public void Stored(CameraId camera, int size)
    {
        var label = KeyValuePair.Create<string, object?>("camera", camera.Value);
        fragments.Add(1, label);
        bytes.Add(size, label);
    }

    public void Gap(CameraId camera, CameraFault fault) =>
        gaps.Add(1, KeyValuePair.Create<string, object?>("camera", camera.Value), KeyValuePair.Create<string, object?>("fault", fault.ToString()));
}
