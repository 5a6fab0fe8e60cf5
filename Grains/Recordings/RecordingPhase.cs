using System.Text.Json.Serialization;
using RecordingCluster.GrainInterfaces.Recordings;

namespace RecordingCluster.Grains.Recordings;

/// <summary>Where a recording is in its life. Each phase holds only the facts that are true in it. An erased recording has no state.</summary>
[JsonDerivedType(typeof(Waiting), "waiting")]
[JsonDerivedType(typeof(Capturing), "capturing")]
[JsonDerivedType(typeof(Stopping), "stopping")]
[JsonDerivedType(typeof(Sealed), "sealed")]
[JsonDerivedType(typeof(Moving), "moving")]
[JsonDerivedType(typeof(Silencing), "silencing")]
[JsonDerivedType(typeof(Holding), "holding")]
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(Condemned), "condemned")]
internal abstract record RecordingPhase
{
    private RecordingPhase()
    {
    }

    /// <summary>Not started.</summary>
    public sealed record Waiting : RecordingPhase;

    /// <summary>A camera records, or is being told to.</summary>
    public sealed record Capturing(Making Making) : RecordingPhase;

    /// <summary>The talk goes to another room; the camera of <paramref name="Making"/> is being stopped, and then that of <paramref name="To"/> begins.</summary>
    public sealed record Moving(Making Making, RecordingOrder To) : RecordingPhase;

    /// <summary>Sound was switched off; the camera is being stopped, and then begins again without (R6).</summary>
    public sealed record Silencing(Making Making) : RecordingPhase;

    /// <summary>An objection came while it was recorded; the camera is being told.</summary>
    public sealed record Holding(Making Making, DateTimeOffset Since) : RecordingPhase;

    /// <summary>Paused by an objection while the talk goes on: nothing is recorded, and nothing is shown.</summary>
    public sealed record Held(Making Making, DateTimeOffset Since) : RecordingPhase;

    /// <summary>It has been decided that it ends; the camera is being told.</summary>
    public sealed record Stopping(Making Making, DateTimeOffset EndedAt) : RecordingPhase;

    /// <summary>Ended; nothing is added to it any more.</summary>
    public sealed record Sealed(Making Making, DateTimeOffset EndedAt) : RecordingPhase;

    /// <summary>Ended, and closed to viewing by an objection that is open.</summary>
    public sealed record Closed(Making Making, DateTimeOffset EndedAt) : RecordingPhase;

    /// <summary>An objection was upheld: it is being erased, whatever it was before, and nothing of it can be read.</summary>
    public sealed record Condemned(Making Making, DateTimeOffset DecidedAt) : RecordingPhase;
}

/// <summary>What stands from the start of a recording on.</summary>
/// <param name="Order">The talk, and the room and camera that it is in now.</param>
/// <param name="StartedAt">From here its term counts.</param>
/// <param name="ExpiresAt">Nothing lengthens it.</param>
/// <param name="RegulationVersion">The regulation under which it is made.</param>
/// <param name="AfterEpoch">The latest epoch of the parts it had when its camera was last stopped; 0 when it never was.</param>
/// <param name="Sound">Whether sound is recorded with the picture. It can end, and never begins (R6).</param>
internal sealed record Making(RecordingOrder Order, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt, string RegulationVersion, int AfterEpoch = 0, bool Sound = true);
