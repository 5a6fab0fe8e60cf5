namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>Why nothing is recorded of a talk. Closed list.</summary>
[Alias("why-unrecorded")]
public enum WhyUnrecorded
{
    /// <summary>Its risk is normal (R2).</summary>
    NormalRisk,

    /// <summary>Sticker or letter was missing, and the official chose to hold the talk without recording (R3).</summary>
    NoticesMissing,

    /// <summary>The camera did not record, and the official chose something else that protects (R7).</summary>
    CameraOff,

    /// <summary>The machine's clock could not be trusted, so that no term could be kept (R11).</summary>
    ClockNotTrusted,

    /// <summary>The regulation did not let it be recorded: none was in force, or recording was switched off.</summary>
    MayNotRecord,

    /// <summary>An objection was open or upheld (R5).</summary>
    Objection,
}
