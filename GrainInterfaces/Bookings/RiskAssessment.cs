using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.GrainInterfaces.Bookings;

/// <summary>How great the risk of violence in a talk is, why, and what else was weighed. Closed lists, never free text (R19).</summary>
/// <param name="Risk">Raised leads to a camera room, normal to one without (R1).</param>
/// <param name="Grounds">Why it is raised; none when it is normal.</param>
/// <param name="Weighed">What else was weighed; at least one when it is raised.</param>
[GenerateSerializer, Immutable, Alias("risk-assessment")]
public sealed record RiskAssessment(Risk Risk, ImmutableArray<RiskGround> Grounds, ImmutableArray<Alternative> Weighed)
{
    public static RiskAssessment Normal { get; } = new(Risk.Normal, [], []);

    /// <summary>Whether a second official must stand behind it before the talk can start.</summary>
    public bool NeedsConfirmation => Grounds.Contains(RiskGround.Other);

    /// <summary>Refuses an assessment that does not hold together.</summary>
    public void Check()
    {
        if (!Enum.IsDefined(Risk))
        {
            throw RecordingClusterException.Invalid("assessment.risk", "must be normal or raised.", "Choose one of the two.");
        }

        if (Grounds.IsDefault || Weighed.IsDefault || !Grounds.All(Enum.IsDefined) || !Weighed.All(Enum.IsDefined))
        {
            throw RecordingClusterException.Invalid("assessment", "grounds and alternatives come from closed lists.", "Choose from the lists.");
        }

        if (Risk == Risk.Raised && (Grounds.IsEmpty || Weighed.IsEmpty))
        {
            throw RecordingClusterException.Invalid(
                "assessment", "a raised risk names at least one ground and one alternative that was weighed.", "Add them, for example ground Threat, weighed NoneSuffices.");
        }

        if (Risk == Risk.Normal && !Grounds.IsEmpty)
        {
            throw RecordingClusterException.Invalid("assessment.grounds", "a normal risk has no grounds.", "Leave them out, or assess the risk as raised.");
        }
    }

    public bool Equals(RiskAssessment? other) =>
        other is not null && Risk == other.Risk && Grounds.SequenceEqual(other.Grounds) && Weighed.SequenceEqual(other.Weighed);

    public override int GetHashCode() => HashCode.Combine(Risk, Grounds.Length, Weighed.Length);
}

/// <summary>The risk of verbal or physical violence.</summary>
[Alias("risk")]
public enum Risk
{
    Normal,
    Raised,
}

/// <summary>Why a risk is raised.</summary>
[Alias("risk-ground")]
public enum RiskGround
{
    EarlierAggression,
    Threat,
    BanFromBuilding,
    RefusalWithHighImpact,
    PoliceAdvice,

    /// <summary>None of these; a second official must confirm it before the talk can start.</summary>
    Other,
}

/// <summary>What was weighed before a talk goes to a camera room.</summary>
[Alias("alternative")]
public enum Alternative
{
    SecondOfficialPresent,
    AlarmButton,
    RoomWithoutCamera,
    OtherMoment,
    ByTelephone,
    NoneSuffices,
}
