using System.Data.Common;

namespace RecordingCluster.Silo.Storage;

/// <summary>SQLite: one writer at a time, by the file.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public override string Long => "INTEGER";

    public override string Bytes => "BLOB";

    public override string Time => "TEXT";

    public override string Guid => "TEXT";

    public override string TableEnd => " STRICT";

    public override string JsonObject => "json_object";

    public override string JsonArray => "json_array";

    public override string AuditGuards => """
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

    /// <remarks>There is no statement that changes two tables, so triggers count the version up, inside the statement that changed the row.</remarks>
    public override string MembershipCount => """
        CREATE TRIGGER OrleansMembershipInserted AFTER INSERT ON OrleansMembershipTable
        BEGIN
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
        END;

        CREATE TRIGGER OrleansMembershipUpdated AFTER UPDATE OF Status, SuspectTimes ON OrleansMembershipTable
        BEGIN
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
        END;
        """;

    public override string WriteState => $"""
        INSERT INTO OrleansStorage
            ({PersistenceSql.Columns})
        SELECT
            {PersistenceSql.Values}
        WHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE
        {PersistenceSql.ThisGrain})
        ON CONFLICT DO UPDATE
            SET PayloadBinary = excluded.PayloadBinary, Version = Version + 1
            WHERE Version = @GrainStateVersion
        RETURNING Version AS NewGrainStateVersion
        """;

    public override string InsertMember => WasWritten($"""
        INSERT INTO OrleansMembershipTable
            ({ClusteringSql.Columns})
        SELECT
            {ClusteringSql.Values}
        FROM OrleansMembershipVersionTable
        WHERE DeploymentId = @DeploymentId AND Version = @Version
        ON CONFLICT DO NOTHING
        """);

    public override string UpdateMember => WasWritten($"""
        UPDATE OrleansMembershipTable
        {ClusteringSql.Change}
        WHERE {ClusteringSql.ThisSilo}
            AND EXISTS (SELECT 1 FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId AND Version = @Version)
        """);

    public override string? LockPeople => null;

    // RETURNING would give no row when nothing was written. The second statement writes nothing, so there is no
    // transaction that could stay open half-way.
    public override string WasWritten(string statement) => $"{statement};\nSELECT changes() > 0;";

    public override string Json(string value) => $"json({value})";

    public override string JsonOf(string bytes) => $"CAST({bytes} AS TEXT)";

    public override string BytesOf(string json) => $"CAST({json} AS BLOB)";

    public override string Before(string text, string mark) => $"substr({text}, 1, instr({text} || '{mark}', '{mark}') - 1)";

    // Kept by the file: readers and the writer do not wait for each other.
    public override void Prepare(DbConnection connection) => connection.Execute("PRAGMA journal_mode = WAL");

    // This provider begins as a writer, so a second silo waits there and then finds all steps made.
    public override string? LockSchema => null;

    public override long ReadVersion(DbConnection connection) => connection.Number("PRAGMA user_version");

    public override string WriteVersion(int version) => FormattableString.Invariant($"PRAGMA user_version = {version};");
}
