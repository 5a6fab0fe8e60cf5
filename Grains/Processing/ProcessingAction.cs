using System.Diagnostics;

namespace RecordingCluster.Grains.Processing;

/// <summary>An action under way. End it or drop it, once.</summary>
public sealed class ProcessingAction
{
    private readonly Activity span;
    private readonly GroupCommit<ProcessingLine> lines;
    private readonly TimeProvider clock;

    internal ProcessingAction(Activity span, GroupCommit<ProcessingLine> lines, TimeProvider clock) => (this.span, this.lines, this.clock) = (span, lines, clock);

    /// <summary>Whom it is about, by a pseudonym and its kind.</summary>
    public ProcessingAction About(string subjectId, string subjectType)
    {
        span.SetTag(ProcessingLine.SubjectIdKey, subjectId);
        span.SetTag(ProcessingLine.SubjectTypeKey, subjectType);
        return this;
    }

    /// <summary>It ended so. The line is on disk when this returns.</summary>
    public Task End(ProcessingStatus status)
    {
        span.SetStatus(status switch
        {
            ProcessingStatus.Ok => ActivityStatusCode.Ok,
            ProcessingStatus.Error => ActivityStatusCode.Error,
            _ => ActivityStatusCode.Unset,
        });
        span.SetEndTime(clock.GetUtcNow().UtcDateTime);
        span.Dispose();
        return lines.Add(ProcessingLine.Of(span));
    }

    /// <summary>Nothing was done with anybody's data after all: there is no line, and nothing is exported.</summary>
    public void Drop()
    {
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.Dispose();
    }
}
