namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>The three ways in which people are told that a talk is recorded (R3).</summary>
[Alias("notice-kind")]
public enum NoticeKind
{
    /// <summary>At the door of the room, checked on the day itself.</summary>
    Sticker,

    /// <summary>In the invitation.</summary>
    Letter,

    /// <summary>Said at the start of the talk.</summary>
    Spoken,
}
