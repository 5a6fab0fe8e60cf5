using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Access;

namespace RecordingCluster.Grains.Rooms;

/// <summary>What is stored of a town hall.</summary>
internal sealed record TownHallState
{
    /// <summary>Requests that wait for the secretary, in the order in which they came.</summary>
    public ImmutableArray<AccessRequestId> OpenRequests { get; init; } = [];

    public TownHallState Asked(AccessRequestId request) =>
        OpenRequests.Contains(request) ? this : this with { OpenRequests = OpenRequests.Add(request) };

    public TownHallState Decided(AccessRequestId request) => this with { OpenRequests = OpenRequests.Remove(request) };
}
