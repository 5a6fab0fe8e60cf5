namespace RecordingCluster.Silo.Storage;

/// <summary>Which silos are members. Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
/// <remarks>
/// A silo's row and the version of the whole table change together or not at all, in one statement, and only for who knows
/// the newest version. A sign of life is no change.
/// </remarks>
internal static class ClusteringSql
{
    public const string Columns = "DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime";

    public const string Values = "DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime";

    public const string Change = "SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime";

    public const string ThisSilo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    // The version's row comes even when no silo is in the table.
    private const string Select = """
        SELECT
            v.DeploymentId, v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
            m.StartTime, m.IAmAliveTime
        FROM OrleansMembershipVersionTable v
        LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
        """;

    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE OrleansMembershipVersionTable
        (
            DeploymentId TEXT    NOT NULL PRIMARY KEY,
            Version      INTEGER NOT NULL
        ){sql.TableEnd};

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
            StartTime    {sql.Time} NOT NULL, -- UTC
            IAmAliveTime {sql.Time} NOT NULL, -- UTC
            PRIMARY KEY (DeploymentId, Address, Port, Generation)
        ){sql.TableEnd};

        {sql.MembershipCount}
        """;

    public static IEnumerable<(string Key, string Text)> Queries(SqlDialect sql) =>
    [
        ("InsertMembershipVersionKey", sql.WasWritten("""
            INSERT INTO OrleansMembershipVersionTable (DeploymentId, Version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING
            """)),

        ("InsertMembershipKey", sql.InsertMember),

        ("UpdateMembershipKey", sql.UpdateMember),

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
