namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>One dated decision that sound, or all recording, is off (R6). It holds until a version comes into force that was decided on after it.</summary>
/// <param name="What">What is off.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The officer or secretary who decided.</param>
/// <param name="At">When; it takes effect at once, by closing the parts that are being made.</param>
[GenerateSerializer, Immutable, Alias("switch-off")]
public sealed record SwitchOff(Switchable What, SwitchOffReason Reason, string By, DateTimeOffset At);

/// <summary>What can be switched off without a new version.</summary>
[Alias("switchable")]
public enum Switchable
{
    /// <summary>Sound; the picture goes on.</summary>
    Sound,

    /// <summary>Picture and sound.</summary>
    AllRecording,
}

/// <summary>Why something is switched off.</summary>
[Alias("switch-off-reason")]
public enum SwitchOffReason
{
    NoLegalGround,
    NotNecessary,
    SuspectedBreach,
    AmendmentOverdue,
    WorksCouncil,
    Technical,
}
