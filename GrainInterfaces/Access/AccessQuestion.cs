using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What a camera administrator asks to see, and why (R12).</summary>
/// <param name="Recording">Which recording.</param>
/// <param name="Window">Which stretch of it.</param>
/// <param name="Purpose">What for, from a closed list.</param>
/// <param name="Case">The case it belongs to.</param>
[GenerateSerializer, Immutable, Alias("access-question")]
public sealed record AccessQuestion(RecordingId Recording, TimeRange Window, Purpose Purpose, CaseReference Case)
{
    /// <summary>Refuses a question that does not hold together.</summary>
    public void Check()
    {
        if (Window.Length <= TimeSpan.Zero)
        {
            throw RecordingClusterException.Invalid("window", "must end after it begins.", "Give from and until in that order.");
        }

        if (!Enum.IsDefined(Purpose))
        {
            throw RecordingClusterException.Invalid("purpose", "comes from a closed list.", $"Choose one of {string.Join(", ", Enum.GetNames<Purpose>())}.");
        }

        Case.Check();
    }
}

/// <summary>What a recording may be looked at for. Judging staff is not among them.</summary>
[Alias("purpose")]
public enum Purpose
{
    ReportToPolice,
    DenialOfAccess,
    ClaimForDamage,
    Complaint,
    DataSubjectRequest,
    ProsecutorOrder,
}

/// <summary>Why a request to look is refused.</summary>
[Alias("refusal-reason")]
public enum RefusalReason
{
    PurposeNotAllowed,
    WindowTooWide,
    NotNecessary,
    TooLate,
    OtherAuthority,
}
