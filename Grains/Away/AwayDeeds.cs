using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Away;
using RecordingCluster.GrainInterfaces.Bookings;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Grains.Away;

/// <summary>Carries out a deed on a talk while the trail cannot be written: what its grain answers, it has kept in the journal; what it throws is kept here.</summary>
internal sealed class AwayDeeds(Journals journals, TimeProvider clock)
{
    public async Task Carry(IIncomingGrainCallContext context, AuditNote note, Func<IIncomingGrainCallContext, Task> enter)
    {
        try
        {
            await enter(context);
        }
        catch (RecordingClusterException fault) when (fault is not DatabaseAwayException)
        {
            await Keep(note with { Result = DeedLog.ResultOf(fault), Detail = AuditDetail.Of(fault) });
            throw;
        }
    }

    /// <summary>Keeps how a deed on a talk ended, which changes nothing any more.</summary>
    /// <remarks>The talk is taken from the note, which holds no key that is no reference (R19).</remarks>
    public Task Keep(AuditNote note) =>
        journals.Keep(new JournalEntry(JournalEntryId.New(), clock.GetUtcNow(), new BookingId(note.Subject[(note.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..]), note, new AwayDeed.None()));
}
