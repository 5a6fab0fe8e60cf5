namespace RecordingCluster.Grains;

/// <summary>The numbers of which no regulation speaks. They come from the configuration, checked at start.</summary>
public sealed record RecordingRules
{
    /// <summary>
    /// How soon an erasure that failed or was missed is tried again: the catch-up time after downtime, at most 1 h late (R9).
    /// </summary>
    public TimeSpan ErasurePeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a room needs between two talks, after the grace of the first.</summary>
    public TimeSpan SetUp { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A shorter retention than this is refused in a draft: in service it would be a slip, in a demo it is the point.</summary>
    public TimeSpan ShortestRetention { get; init; } = TimeSpan.FromHours(1);
}
