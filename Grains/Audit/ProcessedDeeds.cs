using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Recordings;
using RecordingCluster.Grains.Processing;

namespace RecordingCluster.Grains.Audit;

/// <summary>Writes into the processing log those deeds of the trail that processed somebody's data.</summary>
/// <remarks>
/// Nobody who acts is named there; whom it is about stands there by a pseudonym. The line is on disk before the deed is answered.
/// A line that could not be written does not undo what was done: it is said in the log as an error, and the trail has the
/// deed with its trace.
/// </remarks>
internal sealed partial class ProcessedDeeds(ProcessingLog log, ProcessingActivities activities, IPseudonyms pseudonyms, ILogger<ProcessedDeeds> errors)
{
    /// <summary>Null when the deed is no processing.</summary>
    public Processed? Begin(string deed) => activities.Of(deed) is var (name, activity, wasDone)
        ? new Processed(log.Begin(name, activity, RequestContext.Get(CallerContext.TraceKey) as string), wasDone)
        : null;

    /// <summary>The deed ended so; what was refused, or was no processing after all, leaves no line.</summary>
    public Task End(Processed? processed, IIncomingGrainCallContext context, AuditResult result)
    {
        if (processed is null)
        {
            return Task.CompletedTask;
        }

        if (result == AuditResult.Refused || (result == AuditResult.Done && !processed.WasDone(context.Result)))
        {
            processed.Action.Drop();
            return Task.CompletedTask;
        }

        return End(processed.Action, (context.Grain as IConcernsSomebody)?.Reference, result == AuditResult.Done ? ProcessingStatus.Ok : ProcessingStatus.Unknown);
    }

    /// <summary>A deed of the journal was entered.</summary>
    public Task EndLate(Processed? processed, string reference) => processed is null ? Task.CompletedTask : End(processed.Action, reference, ProcessingStatus.Ok);

    public ProcessingAction BeginErasing() => log.Begin(ProcessingActivities.Erased, activities.Erasing);

    /// <param name="erasing">From <see cref="BeginErasing"/>.</param>
    /// <param name="certificate">What was written just now; null when it was there already, or could not be written.</param>
    public Task EndErasing(ProcessingAction erasing, Certificate? certificate)
    {
        if (certificate is null)
        {
            erasing.Drop();
            return Task.CompletedTask;
        }

        return End(erasing, certificate.Booking?.Value, ProcessingStatus.Ok);
    }

    private async Task End(ProcessingAction action, string? reference, ProcessingStatus status)
    {
        try
        {
            if (reference is not null)
            {
                action.About(pseudonyms.Of(reference), ProcessingActivities.SubjectType);
            }

            await action.End(status);
        }
        catch (Exception fault)
        {
            LogNotWritten(fault);
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "A line of the processing log could not be written. Look at the database and the key folder; the trail has the deed")]
    private partial void LogNotWritten(Exception fault);
}

/// <summary>A deed under way that may be a processing.</summary>
internal sealed record Processed(ProcessingAction Action, Func<object?, bool> WasDone);
