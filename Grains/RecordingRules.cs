namespace RecordingCluster.Grains;

/// <summary>The numbers of the protocol. They come from the configuration, checked at start.</summary>
public sealed record RecordingRules
{
    /// <summary>The longest term the protocol allows (R8): fourteen times twenty-four hours.</summary>
    public static readonly TimeSpan LongestRetention = TimeSpan.FromHours(14 * 24);

    /// <summary>How long after its start a recording can be read (R8).</summary>
    public TimeSpan Retention { get; init; } = LongestRetention;

    /// <summary>How long after the booked end recording goes on before it stops by itself (R4).</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long before its booked time a talk may be started.</summary>
    public TimeSpan EarlyStart { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a grant holds (R13).</summary>
    public TimeSpan GrantTerm { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a grant may be used (R13).</summary>
    public int ViewingsPerGrant { get; init; } = 1;

    /// <summary>
    /// How soon an erasure that failed or was missed is tried again: the catch-up time after downtime, at most 1 h late (R9).
    /// </summary>
    public TimeSpan ErasurePeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The version of the regulation in force, as it goes into each part's header.</summary>
    public string RegulationVersion { get; init; } = "model-1";
}
