namespace RecordingCluster.Silo.Storage;

/// <summary>The table of the processing log (Logboek Dataverwerkingen), readable as it is by whoever opens the database with its own tool.</summary>
internal static class ProcessingSql
{
    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE processing_log
        (
            trace_id       TEXT    NOT NULL, -- joins a line to the trail's entries of the same deed
            span_id        TEXT    NOT NULL PRIMARY KEY,
            parent_span_id TEXT,
            name           TEXT    NOT NULL,
            status         INTEGER NOT NULL CHECK (status IN (0, 1, 2)), -- unknown, ok, error
            started_at     TEXT    NOT NULL, -- UTC
            ended_at       TEXT    NOT NULL,
            activity_id    TEXT    NOT NULL, -- dpl.core.processing_activity_id
            subject_id     TEXT,             -- dpl.core.data_subject_id
            subject_type   TEXT              -- dpl.core.data_subject_id_type
        ){sql.TableEnd};

        CREATE INDEX processing_log_by_trace ON processing_log (trace_id);
        CREATE INDEX processing_log_by_subject ON processing_log (subject_id);
        """;
}
