using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using RecordingCluster.Grains.Processing;

namespace RecordingCluster.Silo.Storage;

/// <summary>The processing log's table.</summary>
internal sealed class ProcessingStore(Database database) : IProcessingStore
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"; // sorts as time does

    private const string Insert = """
        INSERT INTO processing_log (trace_id, span_id, parent_span_id, name, status, started_at, ended_at, activity_id, subject_id, subject_type)
        VALUES (@trace, @span, @parent, @name, @status, @started, @ended, @activity, @subject, @subjectType)
        """;

    private const string Select =
        "SELECT trace_id, span_id, parent_span_id, name, status, started_at, ended_at, activity_id, subject_id, subject_type FROM processing_log";

    public Task Append(IReadOnlyList<ProcessingLine> lines) => Task.Run(() =>
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = connection.Command(Insert);
        command.Transaction = transaction;
        foreach (var line in lines)
        {
            command.Set(
                ("@trace", line.TraceId), ("@span", line.SpanId), ("@parent", line.ParentSpanId), ("@name", line.Name), ("@status", (int)line.Status), ("@started", TextOf(line.StartedAt)),
                ("@ended", TextOf(line.EndedAt)), ("@activity", line.ActivityId), ("@subject", line.SubjectId), ("@subjectType", line.SubjectType));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    public Task<ImmutableArray<ProcessingLine>> OfTrace(string traceId) => Task.Run(() => Query($"{Select} WHERE trace_id = @trace ORDER BY started_at", ("@trace", traceId)));

    public Task<ImmutableArray<ProcessingLine>> About(IReadOnlyCollection<string> subjectIds, int most) => Task.Run(() =>
        subjectIds.SelectMany(subject => Query($"{Select} WHERE subject_id = @subject ORDER BY started_at LIMIT @most", ("@subject", subject), ("@most", most)))
            .OrderBy(line => line.StartedAt).Take(most).ToImmutableArray());

    private ImmutableArray<ProcessingLine> Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var connection = database.OpenConnection();
        using var command = connection.Command(sql, values);
        using var row = command.ExecuteReader();
        var lines = ImmutableArray.CreateBuilder<ProcessingLine>();
        while (row.Read())
        {
            lines.Add(new ProcessingLine(
                row.GetString(0), row.GetString(1), Text(row, 2), row.GetString(3), (ProcessingStatus)row.GetInt32(4), TimeOf(row.GetString(5)), TimeOf(row.GetString(6)), row.GetString(7), Text(row, 8),
                Text(row, 9)));
        }

        return lines.ToImmutable();
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
