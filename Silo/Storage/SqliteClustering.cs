namespace RecordingCluster.Silo.Storage;

/// <summary>Which silos are members. Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
internal static class SqliteClustering
{
    /// <remarks>
    /// A silo's row and the version of the whole table must change together or not at all. Each query may be one statement
    /// only, so triggers count the version up, inside the statement that changed the row. A sign of life is no change.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE OrleansMembershipVersionTable
        (
            DeploymentId TEXT    NOT NULL PRIMARY KEY,
            Version      INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE OrleansMembershipTable
        (
            DeploymentId TEXT    NOT NULL REFERENCES OrleansMembershipVersionTable ON DELETE CASCADE,
            Address      TEXT    NOT NULL,
            Port         INTEGER NOT NULL,
            Generation   INTEGER NOT NULL,
            SiloName     TEXT    NOT NULL,
            HostName     TEXT    NOT NULL,
            Status       INTEGER NOT NULL, -- 3 is active, 6 is dead
            ProxyPort    INTEGER NOT NULL, -- the gateway's port; 0 where there is none
            SuspectTimes TEXT,
            StartTime    TEXT    NOT NULL, -- UTC
            IAmAliveTime TEXT    NOT NULL, -- UTC
            PRIMARY KEY (DeploymentId, Address, Port, Generation)
        ) STRICT;

        CREATE TRIGGER OrleansMembershipInserted AFTER INSERT ON OrleansMembershipTable
        BEGIN
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
        END;

        CREATE TRIGGER OrleansMembershipUpdated AFTER UPDATE OF Status, SuspectTimes ON OrleansMembershipTable
        BEGIN
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = NEW.DeploymentId;
        END;
        """;

    // The version's row comes even when no silo is in the table.
    private const string Select = """
        SELECT
            v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
            m.StartTime, m.IAmAliveTime
        FROM OrleansMembershipVersionTable v
        LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
        """;

    private const string ThisSilo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    // Orleans wants one row that says whether anything was written, and RETURNING would give none when nothing was.
    // This second statement writes nothing, so there is no transaction that could stay open half-way.
    private const string WasWritten = "SELECT changes() > 0;";

    public static IEnumerable<(string Key, string Text)> Queries =>
    [
        ("InsertMembershipVersionKey", $"""
            INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING;
            {WasWritten}
            """),

        // Only who knows the newest version of the table may change it.
        ("InsertMembershipKey", $"""
            INSERT INTO OrleansMembershipTable
                (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
            SELECT
                DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
            FROM OrleansMembershipVersionTable
            WHERE DeploymentId = @DeploymentId AND Version = @Version
            ON CONFLICT DO NOTHING;
            {WasWritten}
            """),

        ("UpdateMembershipKey", $"""
            UPDATE OrleansMembershipTable
            SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
            WHERE {ThisSilo}
                AND EXISTS (SELECT 1 FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId AND Version = @Version);
            {WasWritten}
            """),

        ("UpdateIAmAlivetimeKey", $"UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE {ThisSilo}"),

        ("MembershipReadRowKey", $"""
            {Select} AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
            WHERE v.DeploymentId = @DeploymentId
            """),

        ("MembershipReadAllKey", $"""
            {Select}
            WHERE v.DeploymentId = @DeploymentId
            """),

        ("GatewaysQueryKey", """
            SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
            """),

        // The silos of a cluster go with its version, by the foreign key.
        ("DeleteMembershipTableEntriesKey", "DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId"),

        ("CleanupDefunctSiloEntriesKey", """
            DELETE FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status = 6
            """),
    ];
}
