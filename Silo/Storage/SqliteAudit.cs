namespace RecordingCluster.Silo.Storage;

/// <summary>The table of the audit trail, readable as it is by whoever opens the file with the sqlite3 tool (R16).</summary>
internal static class SqliteAudit
{
    /// <remarks>
    /// The triggers stand against mistakes and against a program of ours that has gone astray. Who owns the file can
    /// drop them; that such a person was there shows in the chain of hashes.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE audit_trail
        (
            site     TEXT    NOT NULL,
            number   INTEGER NOT NULL, -- place in the site's chain, from 1
            at       TEXT    NOT NULL, -- UTC
            actor    TEXT    NOT NULL,
            deed     TEXT    NOT NULL,
            subject  TEXT    NOT NULL,
            origin   TEXT    NOT NULL,
            result   TEXT    NOT NULL CHECK (result IN ('Opened', 'Done', 'Refused', 'Unknown')),
            opening  INTEGER,          -- for a closing entry: the number of the entry that opened the deed
            detail   TEXT    NOT NULL, -- JSON
            previous TEXT    NOT NULL, -- hash of the entry before
            hash     TEXT    NOT NULL,
            PRIMARY KEY (site, number)
        ) STRICT;

        CREATE INDEX audit_trail_by_deed ON audit_trail (site, deed, subject, number);

        CREATE TRIGGER audit_trail_never_changes BEFORE UPDATE ON audit_trail
        BEGIN
            SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never changed.');
        END;

        CREATE TRIGGER audit_trail_never_shrinks BEFORE DELETE ON audit_trail
        BEGIN
            SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never deleted.');
        END;

        -- INSERT OR REPLACE would delete the older entry without asking the trigger above.
        CREATE TRIGGER audit_trail_never_replaces BEFORE INSERT ON audit_trail
        WHEN EXISTS (SELECT 1 FROM audit_trail WHERE site = NEW.site AND number = NEW.number)
        BEGIN
            SELECT RAISE(ABORT, 'The audit trail only grows: an entry is never replaced.');
        END;
        """;

    /// <summary>The second step: the trace by which an entry is found together with the processing log's lines.</summary>
    public const string Trace = "ALTER TABLE audit_trail ADD COLUMN trace TEXT NOT NULL DEFAULT '';";
}
