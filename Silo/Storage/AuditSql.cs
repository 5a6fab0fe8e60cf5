namespace RecordingCluster.Silo.Storage;

/// <summary>The table of the audit trail, readable as it is by whoever opens the database with its own tool, sqlite3 or psql (R16).</summary>
internal static class AuditSql
{
    /// <remarks>
    /// The triggers stand against mistakes and against a program of ours that has gone astray. Who owns the database can
    /// drop them; that such a person was there shows in the chain of hashes.
    /// </remarks>
    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE audit_trail
        (
            site     TEXT    NOT NULL,
            number   {sql.Long} NOT NULL, -- place in the site's chain, from 1
            at       TEXT    NOT NULL, -- UTC
            actor    TEXT    NOT NULL,
            deed     TEXT    NOT NULL,
            subject  TEXT    NOT NULL,
            origin   TEXT    NOT NULL,
            result   TEXT    NOT NULL CHECK (result IN ('Opened', 'Done', 'Refused', 'Unknown')),
            opening  {sql.Long},          -- for a closing entry: the number of the entry that opened the deed
            detail   TEXT    NOT NULL, -- JSON
            previous TEXT    NOT NULL, -- hash of the entry before
            hash     TEXT    NOT NULL,
            PRIMARY KEY (site, number)
        ){sql.TableEnd};

        CREATE INDEX audit_trail_by_deed ON audit_trail (site, deed, subject, number);

        {sql.AuditGuards}
        """;

    /// <summary>The trace by which an entry is found together with the processing log's lines.</summary>
    public const string Trace = "ALTER TABLE audit_trail ADD COLUMN trace TEXT NOT NULL DEFAULT '';";
}
