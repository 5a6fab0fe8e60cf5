using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Grains.Rooms;

/// <summary>What is stored of a town hall.</summary>
internal sealed record TownHallState
{
    // For the history of who asks; what is older stands in the trail.
    private static readonly TimeSpan RequestsKept = TimeSpan.FromDays(366);

    /// <summary>Requests to look, in the order in which they came.</summary>
    public ImmutableArray<KeptRequest> Requests { get; init; } = [];

    /// <summary>A request that is there already stays as it is; what lies a year behind is let go.</summary>
    public TownHallState Asked(KeptRequest request) => Requests.Any(kept => kept.Id == request.Id)
        ? this
        : this with { Requests = [.. Requests.RemoveAll(kept => kept.AskedAt + RequestsKept < request.AskedAt), request] };

    public TownHallState Decided(AccessRequestId request) => Requests.FirstOrDefault(kept => kept.Id == request) is { IsOpen: true } open
        ? this with { Requests = Requests.Replace(open, open with { IsOpen = false }) }
        : this;

    /// <summary>What has the least time left comes first: on day 13 it must not wait behind what came before it. Past its deadline nothing waits.</summary>
    public ImmutableArray<KeptRequest> ByTimeLeft(DateTimeOffset now) =>
        [.. Requests.Select(kept => kept with { IsOpen = kept.IsOpen && now < kept.Deadline }).OrderBy(kept => kept.Deadline).ThenBy(kept => kept.AskedAt)];
}
