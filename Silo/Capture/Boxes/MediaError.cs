using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Capture.Boxes;

/// <summary>The sentence in which bytes that are no picture and sound are refused.</summary>
internal static class MediaError
{
    public static RecordingClusterException Malformed(string what) =>
        new(ErrorKind.InvalidInput, $"The media stream is malformed: {what}. Look at the camera's firmware and its stream settings.");
}
