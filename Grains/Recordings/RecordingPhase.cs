using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Where a recording is in its life. Each phase holds only the facts that are true in it. An erased recording has no state.</summary>
[JsonDerivedType(typeof(Waiting), "waiting")]
[JsonDerivedType(typeof(Capturing), "capturing")]
[JsonDerivedType(typeof(Stopping), "stopping")]
[JsonDerivedType(typeof(Sealed), "sealed")]
internal abstract record RecordingPhase
{
    private RecordingPhase()
    {
    }

    /// <summary>Not started.</summary>
    public sealed record Waiting : RecordingPhase;

    /// <summary>A camera records, or is being told to.</summary>
    public sealed record Capturing(Making Making) : RecordingPhase;

    /// <summary>It has been decided that it ends; the camera is being told.</summary>
    public sealed record Stopping(Making Making, DateTimeOffset EndedAt) : RecordingPhase;

    /// <summary>Ended; nothing is added to it any more.</summary>
    public sealed record Sealed(Making Making, DateTimeOffset EndedAt) : RecordingPhase;
}

/// <summary>What stands from the start of a recording on.</summary>
internal sealed record Making(RecordingOrder Order, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, string RegulationVersion);
