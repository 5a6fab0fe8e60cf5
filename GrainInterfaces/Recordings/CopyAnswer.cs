namespace RecordingCluster.GrainInterfaces.Recordings;

/// <summary>What a vault that is to keep a copy says of it.</summary>
[GenerateSerializer, Immutable, Alias("copy-answer")]
public abstract record CopyAnswer
{
    private CopyAnswer()
    {
    }

    /// <summary>It lacks this record and all after it.</summary>
    /// <param name="Record">0 is the part's beginning, then its fragments follow, and last that it has ended.</param>
    /// <param name="Ticket">With which this one is brought over HTTPS: once, and soon.</param>
    [GenerateSerializer, Immutable, Alias("copy-answer.lacks")]
    public sealed record Lacks(int Record, PartTicket Ticket) : CopyAnswer;

    /// <summary>It has all of the part, its end too.</summary>
    [GenerateSerializer, Immutable, Alias("copy-answer.whole")]
    public sealed record Whole : CopyAnswer;

    /// <summary>Its disk has no room for the whole of it, so nothing is begun.</summary>
    [GenerateSerializer, Immutable, Alias("copy-answer.no-room")]
    public sealed record NoRoom : CopyAnswer;

    /// <summary>The recording is gone, or is to be: nothing of it is kept any more.</summary>
    [GenerateSerializer, Immutable, Alias("copy-answer.not-wanted")]
    public sealed record NotWanted : CopyAnswer;
}
