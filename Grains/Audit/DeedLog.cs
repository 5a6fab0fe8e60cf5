using RecordingCluster.GrainInterfaces;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Rooms;

namespace RecordingCluster.Grains.Audit;

/// <summary>Writes deeds into the trail: an entry before, an entry after (R16).</summary>
internal sealed class DeedLog(IGrainFactory grains, SiloCalls silo, SitePlan plan, ProcessedDeeds processed, DatabasePresence database, AwayDeeds away)
{
    /// <summary>Carries out a call between its two entries. When the trail cannot be written, nothing is done, but what is done while the database is away: that goes into the journal.</summary>
    public async Task Carry(IIncomingGrainCallContext context, CallRule rule, Caller caller, Func<IIncomingGrainCallContext, Task> enter)
    {
        var note = new AuditNote(caller.ToString(), rule.Name, SubjectOf(context.TargetId), Origin.Of(caller), AuditResult.Opened, null, "{}");
        if (rule.WhileAway && database.IsAway)
        {
            await away.Carry(context, note, enter);
            return;
        }

        // Begun before the first entry, so that both entries carry its trace.
        var processing = processed.Begin(rule.Name);
        note = note with { Trace = AuditNote.CurrentTrace };
        try
        {
            note = note with { Opening = await Write(note) };
            await enter(context);
        }
        catch (Exception fault) when (rule.WhileAway && note.Opening is null && DatabaseFault.IsIn(fault))
        {
            database.IsGone();
            processing?.Action.Drop();
            await away.Carry(context, note, enter);
            return;
        }
        catch (Exception fault)
        {
            if (note.Opening is not null && !DatabaseFault.IsIn(fault))
            {
                await Write(note with { Result = ResultOf(fault), Detail = AuditDetail.Of(fault) });
            }

            await processed.End(processing, context, note.Opening is null ? AuditResult.Refused : ResultOf(fault));
            throw;
        }

        var refusal = (context.Result as IOutcome)?.Refusal;
        note = refusal is not null
            ? note with { Result = AuditResult.Refused, Detail = AuditDetail.Refused(refusal) }
            : note with { Result = AuditResult.Done, Detail = AuditDetail.Of(context.Result) };
        try
        {
            await Write(note);
        }
        catch (Exception fault) when (rule.WhileAway && DatabaseFault.IsIn(fault))
        {
            // It is done, and whoever asked must hear so; the entry follows.
            database.IsGone();
            await away.Keep(note);
        }

        await processed.End(processing, context, refusal is not null ? AuditResult.Refused : AuditResult.Done);
    }

    /// <summary>A call that was not let in.</summary>
    public Task Refused(IIncomingGrainCallContext context, string deed, Caller? caller, string why) =>
        Write(new AuditNote(
            caller?.ToString() ?? "unknown", deed, SubjectOf(context.TargetId), Origin.Of(caller), AuditResult.Refused, null, AuditDetail.Refused(why)));

    // What is refused as input changed nothing; any other error leaves open what was done.
    internal static AuditResult ResultOf(Exception fault) =>
        fault is RecordingClusterException { Kind: ErrorKind.InvalidInput or ErrorKind.Denied or ErrorKind.NotFound or ErrorKind.Conflict }
            ? AuditResult.Refused
            : AuditResult.Unknown;

    private async Task<long> Write(AuditNote note)
    {
        using var _ = silo.Begin();
        return await grains.AuditTrail(plan.Site).Write(note);
    }

    // A sender may write anything there, megabytes or somebody's name, and no entry is ever taken out again: what is neither a
    // reference nor a name of the plan is about to be refused, and must not enter the trail by that (R19).
    private string SubjectOf(GrainId target)
    {
        var key = target.Key.ToString();
        return $"{target.Type}/{(ReferenceText.IsRight(key) || plan.Names(key!) ? key : "withheld")}";
    }
}
