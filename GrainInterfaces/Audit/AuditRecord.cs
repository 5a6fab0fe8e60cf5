namespace RecordingCluster.GrainInterfaces.Audit;

/// <summary>One entry of the trail, as it stands in the chain.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="At">When it was written.</param>
/// <param name="Actor">Who did it: subject and roles.</param>
/// <param name="Deed">What was done, as interface and method alias, or a word of the cluster's own.</param>
/// <param name="Subject">What it was done to, as kind and key.</param>
/// <param name="Origin">Where the call came from.</param>
/// <param name="Result">How it stands.</param>
/// <param name="Opening">For a closing entry: the number of the entry that opened the deed.</param>
/// <param name="Detail">Facts as one JSON object; no secret and nothing personal.</param>
/// <param name="Trace">The trace that the processing log's lines of the same deed carry; empty when there is none.</param>
/// <param name="Previous">Hash of the entry before, in lower-case hexadecimal.</param>
/// <param name="Hash">Hash over all of the above.</param>
[GenerateSerializer, Immutable, Alias("audit-record")]
public sealed record AuditRecord(
    long Number,
    DateTimeOffset At,
    string Actor,
    string Deed,
    string Subject,
    string Origin,
    AuditResult Result,
    long? Opening,
    string Detail,
    string Trace,
    string Previous,
    string Hash);

/// <summary>How a deed stands in the trail. A deed that was opened and never closed has an unknown end: a crash came between.</summary>
[Alias("audit-result")]
public enum AuditResult
{
    /// <summary>About to be done.</summary>
    Opened,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Refused, with the reason in the detail.</summary>
    Refused,

    /// <summary>It ended in an error; whether anything was done is not known.</summary>
    Unknown,
}
