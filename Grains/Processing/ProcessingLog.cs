using System.Diagnostics;

namespace RecordingCluster.Grains.Processing;

/// <summary>Writes a processing log by the standard Logboek Dataverwerkingen 1.0.</summary>
/// <remarks>
/// Each action is a span of the <see cref="ActivitySource"/> named <see cref="SourceName"/>, so that whatever exports traces (OTLP)
/// exports it, and a line in a durable table. Never sampled: this log listens to its own source and asks for everything. No
/// users: there is no way to give one. No other <c>dpl.*</c> keys than the standard's. This folder needs nothing but .NET:
/// another project takes it over as it is, and brings a table (<see cref="IProcessingStore"/>).
/// </remarks>
public sealed class ProcessingLog : IDisposable
{
    public const string SourceName = "Logboek.Dataverwerkingen";

    // A line is some 300 bytes.
    private const int MostAtOnce = 256;

    private readonly ActivitySource source = new(SourceName, "1.0");
    private readonly ActivityListener listener;
    private readonly GroupCommit<ProcessingLine> lines;
    private readonly TimeProvider clock;

    public ProcessingLog(IProcessingStore store, TimeProvider clock)
    {
        this.clock = clock;
        lines = new GroupCommit<ProcessingLine>(store.Append, MostAtOnce);
        listener = new ActivityListener
        {
            ShouldListenTo = heard => ReferenceEquals(heard, source),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            SampleUsingParentId = (ref ActivityCreationOptions<string> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Begins an action. It is the current activity until it ends, so what is done meanwhile carries its trace.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="activity">The activity in the register of processing activities.</param>
    /// <param name="traceParent">The <c>traceparent</c> of whoever asked for it (W3C Trace Context); what is none begins a trace of its own.</param>
    public ProcessingAction Begin(string name, Uri activity, string? traceParent = null)
    {
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        var span = source.StartActivity(name, ActivityKind.Internal, parent, startTime: clock.GetUtcNow())!; // this log itself listens, so there is one
        span.SetTag(ProcessingLine.ActivityIdKey, activity.ToString());
        return new ProcessingAction(span, lines, clock);
    }

    public void Dispose()
    {
        listener.Dispose();
        source.Dispose();
    }
}
