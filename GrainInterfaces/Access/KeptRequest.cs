namespace RecordingCluster.GrainInterfaces.Access;

/// <summary>A request as the town hall knows of it, to find it again.</summary>
/// <param name="Id">The request.</param>
/// <param name="AskedBy">By whom.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Deadline">When its recording expires: nobody decides after it.</param>
/// <param name="IsOpen">Whether it waits for a decision.</param>
[GenerateSerializer, Immutable, Alias("kept-request")]
public sealed record KeptRequest(AccessRequestId Id, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset Deadline, bool IsOpen);
