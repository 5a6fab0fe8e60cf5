using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>What became of asking to look.</summary>
[GenerateSerializer, Immutable, Alias("ask-outcome")]
public abstract record AskOutcome : IOutcome
{
    private AskOutcome()
    {
    }

    public abstract string? Refusal { get; }

    /// <summary>It lies before the secretary.</summary>
    /// <param name="Recording">What was asked for, so that the trail tells it.</param>
    /// <param name="Window">Which minutes of it.</param>
    [GenerateSerializer, Immutable, Alias("ask-outcome.asked")]
    public sealed record Asked(RecordingId Recording, TimeRange Window) : AskOutcome
    {
        public override string? Refusal => null;
    }

    /// <summary>The recording no longer exists.</summary>
    /// <param name="Certificate">Number of the certificate of its erasure; null while erasure has yet to run.</param>
    [GenerateSerializer, Immutable, Alias("ask-outcome.gone")]
    public sealed record Gone(long? Certificate) : AskOutcome
    {
        public override string? Refusal => Certificate is { } number ? $"no longer exists: certificate {number}" : "no longer exists: its term has passed";
    }

    /// <summary>The talk is still being recorded; ask when it is over.</summary>
    [GenerateSerializer, Immutable, Alias("ask-outcome.still-recording")]
    public sealed record StillRecording : AskOutcome
    {
        public override string? Refusal => "the talk is still being recorded";
    }

    /// <summary>The window reaches outside the recording.</summary>
    [GenerateSerializer, Immutable, Alias("ask-outcome.outside")]
    public sealed record OutsideRecording(TimeRange Recorded) : AskOutcome
    {
        public override string? Refusal => $"the recording runs from {Recorded}";
    }
}
