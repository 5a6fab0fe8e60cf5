using System.Diagnostics;

namespace RecordingCluster.Grains.Processing;

/// <summary>One line of a processing log by the standard Logboek Dataverwerkingen 1.0: what was done with data about whom, and never by whom.</summary>
/// <param name="TraceId">Groups what belongs together, also across organisations (W3C Trace Context): 32 hexadecimal digits.</param>
/// <param name="SpanId">This action: 16 hexadecimal digits.</param>
/// <param name="ParentSpanId">The action that it is part of; null when there is none.</param>
/// <param name="Name">What was done.</param>
/// <param name="Status">How it ended.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ActivityId"><c>dpl.core.processing_activity_id</c>: the activity in the register of processing activities, as a URI.</param>
/// <param name="SubjectId"><c>dpl.core.data_subject_id</c>: a pseudonym of whom it is about; null when it is about nobody who is known.</param>
/// <param name="SubjectType"><c>dpl.core.data_subject_id_type</c>: what kind of pseudonym that is.</param>
public sealed record ProcessingLine(
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Name,
    ProcessingStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string ActivityId,
    string? SubjectId,
    string? SubjectType)
{
    public const string ActivityIdKey = "dpl.core.processing_activity_id";
    public const string SubjectIdKey = "dpl.core.data_subject_id";
    public const string SubjectTypeKey = "dpl.core.data_subject_id_type";

    /// <summary>The line of an action that has ended.</summary>
    public static ProcessingLine Of(Activity activity) => new(
        activity.TraceId.ToHexString(),
        activity.SpanId.ToHexString(),
        activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
        activity.DisplayName,
        activity.Status switch
        {
            ActivityStatusCode.Ok => ProcessingStatus.Ok,
            ActivityStatusCode.Error => ProcessingStatus.Error,
            _ => ProcessingStatus.Unknown,
        },
        new DateTimeOffset(activity.StartTimeUtc),
        new DateTimeOffset(activity.StartTimeUtc + activity.Duration),
        (string)activity.GetTagItem(ActivityIdKey)!,
        (string?)activity.GetTagItem(SubjectIdKey),
        (string?)activity.GetTagItem(SubjectTypeKey));
}

/// <summary>How an action ended, as the standard numbers it.</summary>
public enum ProcessingStatus
{
    Unknown = 0,
    Ok = 1,
    Error = 2,
}
