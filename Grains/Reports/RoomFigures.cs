namespace RecordingCluster.Grains.Reports;

/// <summary>What happened in one room in a period. Counts of talks and deeds, never of what somebody did (the works council's condition).</summary>
public sealed record RoomFigures
{
    public required string Room { get; init; }

    /// <summary>Talks that were started, recorded or not.</summary>
    public int Talks { get; init; }

    public int Recorded { get; init; }

    public int Objections { get; init; }

    public int ObjectionsUpheld { get; init; }

    public int ObjectionsRejected { get; init; }

    /// <summary>Requests to look at a recording that was made here.</summary>
    public int Requests { get; init; }

    public int Approved { get; init; }

    public int Refused { get; init; }

    public int Viewings { get; init; }

    /// <summary>How long was really looked, in minutes: each stretch once for each viewing.</summary>
    public double MinutesWatched { get; init; }

    public int Erasures { get; init; }

    /// <summary>Erased later than an hour after the term (R9).</summary>
    public int ErasedLate { get; init; }

    /// <summary>In minutes; of the latest erasure.</summary>
    public double LongestLatenessMinutes { get; init; }

    /// <summary>How often a camera gave nothing in a talk (R7).</summary>
    public int Gaps { get; init; }

    public double GapMinutes { get; init; }

    /// <summary>Starts that were refused since a notice was missing (R3).</summary>
    public int NoticesMissed { get; init; }
}
