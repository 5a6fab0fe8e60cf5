using System.Diagnostics;

namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>What is to be written into the trail; the trail itself gives number, time and hash.</summary>
/// <param name="Actor">Who: subject and roles.</param>
/// <param name="Deed">What.</param>
/// <param name="Subject">To what.</param>
/// <param name="Origin">From where.</param>
/// <param name="Result">How it stands.</param>
/// <param name="Opening">The entry this one closes.</param>
/// <param name="Detail">Facts as one JSON object.</param>
[GenerateSerializer, Immutable, Alias("audit-note")]
public sealed record AuditNote(string Actor, string Deed, string Subject, string Origin, AuditResult Result, long? Opening, string Detail)
{
    /// <summary>The trace (W3C Trace Context) within which it is done: the processing log's lines of the same deed carry it too. Empty when there is none.</summary>
    [Id(0)] public string Trace { get; init; } = CurrentTrace;

    /// <summary>The trace of what is being done now.</summary>
    public static string CurrentTrace => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.TraceId.ToHexString() : "";
}
