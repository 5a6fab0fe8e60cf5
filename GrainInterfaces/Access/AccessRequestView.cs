using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.Times;

namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A request as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Question">What was asked at first.</param>
/// <param name="Window">What is asked now: that of the question, or narrower by an answer.</param>
/// <param name="AskedBy">By whom.</param>
/// <param name="AskedAt">When.</param>
/// <param name="RecordingExpiresAt">The deadline: from here on nobody decides and nobody looks (R10).</param>
/// <param name="Exchanges">What was asked back, and answered, in order.</param>
/// <param name="StoodAside">Who may not decide on it, being a party.</param>
/// <param name="Decision">Null while it waits for one.</param>
/// <param name="Viewings">What was looked at.</param>
[GenerateSerializer, Immutable, Alias("access-request-view")]
public sealed record AccessRequestView(
    AccessRequestId Id,
    AccessQuestion Question,
    TimeRange Window,
    string AskedBy,
    DateTimeOffset AskedAt,
    DateTimeOffset RecordingExpiresAt,
    ImmutableArray<Exchange> Exchanges,
    ImmutableArray<string> StoodAside,
    Decision? Decision,
    ImmutableArray<Viewing> Viewings);

/// <summary>One use of a grant.</summary>
/// <param name="Number">Counts the uses, from 1.</param>
/// <param name="BegunAt">When.</param>
/// <param name="Watched">What was really served, in the recording's own time, in order and without overlap.</param>
/// <param name="EndedAt">When the player said it was done, or the grant's term passed; null while it may go on.</param>
[GenerateSerializer, Immutable, Alias("viewing")]
public sealed record Viewing(int Number, DateTimeOffset BegunAt, ImmutableArray<TimeRange> Watched, DateTimeOffset? EndedAt = null);
