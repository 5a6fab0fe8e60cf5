using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.GrainInterfaces.Regulations;

/// <summary>The officer's request to amend the regulation, and how it stands.</summary>
/// <param name="Id">By which a draft says that it answers it.</param>
/// <param name="Articles">Which articles it is about; one that does not exist yet may be among them.</param>
/// <param name="Document">Where it is found in full.</param>
/// <param name="AskedBy">The officer.</param>
/// <param name="AskedOn">The day, in the town hall's time.</param>
/// <param name="DueOn">The last day on which it is met in time: a month later.</param>
/// <param name="Standing">How it stands today.</param>
[GenerateSerializer, Immutable, Alias("amendment")]
public sealed record Amendment(
    AmendmentId Id, ImmutableArray<ArticleId> Articles, DocumentReference Document, string AskedBy, DateOnly AskedOn, DateOnly DueOn, AmendmentStanding Standing);

/// <summary>How an amendment request stands, by the clock and by the versions in force.</summary>
[Alias("amendment-standing")]
public enum AmendmentStanding
{
    Open,

    /// <summary>A week is left, or less.</summary>
    Warning,

    /// <summary>Its month has passed.</summary>
    Overdue,

    /// <summary>A version that answers it has come into force.</summary>
    Met,
}
