using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A request as it stands.</summary>
[GenerateSerializer, Immutable, Alias("access-request-view")]
public sealed record AccessRequestView(
    AccessRequestId Id,
    AccessQuestion Question,
    string AskedBy,
    DateTimeOffset AskedAt,
    DateTimeOffset RecordingExpiresAt,
    Decision? Decision,
    ImmutableArray<Viewing> Viewings);

/// <summary>One use of a grant.</summary>
/// <param name="Number">Counts the uses, from 1.</param>
/// <param name="BegunAt">When.</param>
/// <param name="EndedAt">When the player said it was done, or the grant's term passed; null while it may go on.</param>
/// <param name="Watched">What was really served, in the recording's own time, in order and without overlap.</param>
[GenerateSerializer, Immutable, Alias("viewing")]
public sealed record Viewing(int Number, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, ImmutableArray<TimeRange> Watched);
