using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>A camera did not record when a talk was to begin, and what was done about it.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="Fault">What was wrong with it.</param>
/// <param name="At">When the official was told.</param>
/// <param name="Chosen">What the official chose; null while nothing is chosen.</param>
[GenerateSerializer, Immutable, Alias("camera-off")]
public sealed record CameraOff(CameraId Camera, CameraFault Fault, DateTimeOffset At, CameraOffChosen? Chosen = null);

/// <summary>What was chosen, by whom and when.</summary>
[GenerateSerializer, Immutable, Alias("camera-off-chosen")]
public sealed record CameraOffChosen(CameraOffChoice Choice, string By, DateTimeOffset At);

/// <summary>What can be done when the camera does not record. Closed list.</summary>
[Alias("camera-off-choice")]
public enum CameraOffChoice
{
    /// <summary>The talk goes to another camera room: swap the room.</summary>
    OtherCameraRoom,

    /// <summary>A second official sits in; the talk may be held with recording off.</summary>
    SecondOfficial,

    /// <summary>The official carries the alarm button; the talk may be held with recording off.</summary>
    AlarmButton,

    /// <summary>The talk is put off: book another time.</summary>
    Postpone,
}
