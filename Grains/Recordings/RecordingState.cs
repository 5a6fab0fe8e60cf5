using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.GrainInterfaces.Rooms;
using RecordingCluster.GrainInterfaces.Cameras;

namespace RecordingCluster.Grains.Recordings;

/// <summary>What is stored of a recording, and every decision on it.</summary>
internal sealed record RecordingState
{
    public RecordingPhase Phase { get; init; } = new RecordingPhase.Waiting();

    /// <summary>The parts as last read from the vault: a second witness beside the files themselves.</summary>
    public ImmutableArray<Part> Parts { get; init; } = [];

    public Making? Making => Phase switch
    {
        RecordingPhase.Capturing capturing => capturing.Making,
        RecordingPhase.Stopping stopping => stopping.Making,
        RecordingPhase.Sealed ended => ended.Making,
        _ => null,
    };

    public DateTimeOffset? EndedAt => Phase switch
    {
        RecordingPhase.Stopping stopping => stopping.EndedAt,
        RecordingPhase.Sealed ended => ended.EndedAt,
        _ => null,
    };

    /// <summary>The first start is the one that counts: the term runs from it (R8).</summary>
    public RecordingState Begin(RecordingOrder order, RecordingRules rules, DateTimeOffset now) =>
        Phase is RecordingPhase.Waiting
            ? this with { Phase = new RecordingPhase.Capturing(new Making(order, now, now + rules.Retention, rules.RegulationVersion)) }
            : this;

    /// <summary>The first stop is the one that counts.</summary>
    public RecordingState Stop(DateTimeOffset now) =>
        Phase is RecordingPhase.Capturing { Making: var making } ? this with { Phase = new RecordingPhase.Stopping(making, now) } : this;

    /// <summary>The camera has stopped; these parts are what there is.</summary>
    public RecordingState Seal(ImmutableArray<Part> parts) =>
        Phase is RecordingPhase.Stopping { Making: var making, EndedAt: var ended }
            ? this with { Phase = new RecordingPhase.Sealed(making, ended), Parts = parts }
            : this;

    /// <summary>A sealed recording never changes again.</summary>
    public RecordingState KnowParts(ImmutableArray<Part> parts) =>
        Phase is RecordingPhase.Capturing && !parts.SequenceEqual(Parts) ? this with { Parts = parts } : this;

    public bool IsExpired(DateTimeOffset now) => Making is { } making && now >= making.ExpiresAt;

    public RecordingStage StageAt(DateTimeOffset now) =>
        IsExpired(now) ? RecordingStage.Expired
        : Phase switch
        {
            RecordingPhase.Capturing or RecordingPhase.Stopping => RecordingStage.Capturing,
            RecordingPhase.Sealed => RecordingStage.Sealed,
            _ => RecordingStage.Unknown,
        };

    /// <summary>What a camera needs to know.</summary>
    public CaptureOrder CaptureOrder(RecordingId id, SiteId site)
    {
        var making = Making!;
        return new(id, site, making.Order.Room, making.StartedAt, making.ExpiresAt, making.Order.StopAt, making.RegulationVersion);
    }
}
