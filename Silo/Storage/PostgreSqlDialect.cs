using System.Data.Common;

namespace RecordingCluster.Silo.Storage;

/// <summary>PostgreSQL: many writers at once, each statement on its own unless it says otherwise.</summary>
/// <remarks>
/// Where two tables, or a look and a write, belong together, one statement with changing CTEs does both: it waits for the
/// row that another statement has, and then judges that row anew.
/// </remarks>
internal sealed class PostgreSqlDialect : SqlDialect
{
    // Any number that nobody else takes in the cluster's own database.
    private const long SchemaLock = 0x7265_636f_7264;

    public override string Long => "BIGINT";

    public override string Bytes => "BYTEA";

    public override string Time => "TIMESTAMPTZ";

    public override string Guid => "UUID";

    public override string TableEnd => "";

    public override string JsonObject => "jsonb_build_object";

    public override string JsonArray => "jsonb_build_array";

    /// <remarks>ALWAYS: they also fire for a session that calls itself a replica.</remarks>
    public override string AuditGuards => """
        CREATE FUNCTION audit_trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'The audit trail only grows: an entry is never %.', TG_ARGV[0]; END $$;

        CREATE TRIGGER audit_trail_never_changes BEFORE UPDATE ON audit_trail
        FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_only_grows('changed');

        CREATE TRIGGER audit_trail_never_shrinks BEFORE DELETE ON audit_trail
        FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_only_grows('deleted');

        CREATE TRIGGER audit_trail_never_empties BEFORE TRUNCATE ON audit_trail
        FOR EACH STATEMENT EXECUTE FUNCTION audit_trail_only_grows('deleted');

        ALTER TABLE audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_changes;
        ALTER TABLE audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_shrinks;
        ALTER TABLE audit_trail ENABLE ALWAYS TRIGGER audit_trail_never_empties;
        """;

    public override string MembershipCount => "";

    public override string WriteState => $"""
        WITH changed AS
        (
            UPDATE OrleansStorage SET PayloadBinary = @PayloadBinary, Version = Version + 1 WHERE
            {PersistenceSql.ThisGrain}
            AND Version = @GrainStateVersion
            RETURNING Version
        ),
        made AS
        (
            INSERT INTO OrleansStorage
                ({PersistenceSql.Columns})
            SELECT
                {PersistenceSql.Values}
            WHERE @GrainStateVersion IS NULL
            ON CONFLICT DO NOTHING
            RETURNING Version
        )
        SELECT Version AS NewGrainStateVersion FROM changed UNION ALL SELECT Version FROM made
        """;

    // The version's row is taken first, so of two who know the same version the second finds it gone.
    public override string InsertMember => $"""
        WITH counted AS
        (
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1
            WHERE DeploymentId = @DeploymentId AND Version = @Version
                AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ClusteringSql.ThisSilo})
            RETURNING DeploymentId
        ),
        joined AS
        (
            INSERT INTO OrleansMembershipTable
                ({ClusteringSql.Columns})
            SELECT
                {ClusteringSql.Values}
            FROM counted
            RETURNING 1
        )
        SELECT count(*) > 0 FROM joined
        """;

    public override string UpdateMember => $"""
        WITH counted AS
        (
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1
            WHERE DeploymentId = @DeploymentId AND Version = @Version
                AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ClusteringSql.ThisSilo})
            RETURNING 1
        ),
        changed AS
        (
            UPDATE OrleansMembershipTable
            {ClusteringSql.Change}
            WHERE {ClusteringSql.ThisSilo} AND EXISTS (SELECT 1 FROM counted)
            RETURNING 1
        )
        SELECT count(*) > 0 FROM changed
        """;

    // Others read meanwhile, and write when it is over. Passkeys change only together with their person.
    public override string LockPeople => "LOCK TABLE people, people_proposals IN SHARE ROW EXCLUSIVE MODE";

    public override string WasWritten(string statement) => $"WITH written AS (\n{statement}\nRETURNING 1)\nSELECT count(*) > 0 FROM written";

    public override string Json(string value) => $"({value})";

    public override string JsonOf(string bytes) => $"convert_from({bytes}, 'UTF8')::jsonb";

    // The names of an object come with the shortest first, so that the case, named "is", stands before what is read by it.
    public override string BytesOf(string json) => $"convert_to(({json})::text, 'UTF8')";

    public override string Before(string text, string mark) => $"split_part({text}, '{mark}', 1)";

    public override void Prepare(DbConnection connection)
    {
        // Nothing is kept outside a transaction.
    }

    // Nobody waits for the schema but those who start, and on a machine that starts many things some seconds may pass between two steps.
    public override string LockSchema => FormattableString.Invariant($"SET LOCAL idle_in_transaction_session_timeout = '1min';\nSELECT pg_advisory_xact_lock({SchemaLock});");

    public override long ReadVersion(DbConnection connection) =>
        connection.Number("SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass('schema_version')") == 0
            ? 0
            : connection.Number("SELECT coalesce(max(version), 0) FROM schema_version");

    public override string WriteVersion(int version) => FormattableString.Invariant($"""
        CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);
        DELETE FROM schema_version;
        INSERT INTO schema_version (version) VALUES ({version});
        """);
}
