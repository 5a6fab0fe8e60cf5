using System.Collections.Immutable;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.GrainInterfaces.Regulations;

namespace RecordingCluster.Grains.Regulations;

/// <summary>A request of the officer to amend the regulation.</summary>
/// <param name="Id">Chosen by who asks, so that asking may be repeated.</param>
/// <param name="Articles">Which articles it is about.</param>
/// <param name="Document">Where it is found in full.</param>
/// <param name="AskedBy">The officer.</param>
/// <param name="AskedOn">The day in the town hall.</param>
/// <param name="Said">The standing that the trail was last told of.</param>
internal sealed record AskedAmendment(
    AmendmentId Id, ImmutableArray<ArticleId> Articles, DocumentReference Document, string AskedBy, DateOnly AskedOn, AmendmentStanding Said)
{
    private const int WarningDays = 7;

    public DateOnly DueOn => AskedOn.AddMonths(1);

    /// <summary>The moments at which its standing changes by the calendar.</summary>
    public IEnumerable<DateTimeOffset?> Borders => [DueOn.AddDays(-WarningDays).Begin(), DueOn.AddDays(1).Begin()];

    public AmendmentStanding ByCalendar(DateTimeOffset now) =>
        now >= DueOn.AddDays(1).Begin() ? AmendmentStanding.Overdue
        : now >= DueOn.AddDays(-WarningDays).Begin() ? AmendmentStanding.Warning
        : AmendmentStanding.Open;

    public Amendment View(AmendmentStanding standing) => new(Id, Articles, Document, AskedBy, AskedOn, DueOn, standing);
}
