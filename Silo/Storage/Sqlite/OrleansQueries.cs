namespace RecordingCluster.Silo.Storage.Sqlite;

/// <summary>What the ADO.NET providers of Orleans 10.4 ask for by name, in SQLite's words. Single statements only.</summary>
/// <remarks>
/// A text of several statements that fails half-way would go back to the connection pool inside its transaction.
/// Names of parameters and result columns are the providers' own.
/// </remarks>
internal static class OrleansQueries
{
    private const string ThisGrain = """
        ServiceId = @ServiceId AND GrainType = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainIdExtension = coalesce(@GrainIdExtensionString, '')
        """;

    private const string ThisSilo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    private const string ReminderColumns = "SELECT GrainId, ReminderName, StartTime, Period, Version FROM Reminder WHERE ServiceId = @ServiceId";

    private const string MemberColumns = """
        SELECT m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
        FROM MembershipVersion v LEFT JOIN Membership m ON m.DeploymentId = v.DeploymentId
        """;

    private const string VersionIsExpected = "EXISTS (SELECT 1 FROM MembershipVersion WHERE DeploymentId = @DeploymentId AND Version = @Version)";

    private const string RowExists = $"EXISTS (SELECT 1 FROM Membership WHERE {ThisSilo})";

    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        // Persistence. No row in the answer means that the version was not the expected one.
        ["WriteToStorageKey"] = $"""
            INSERT INTO GrainState (ServiceId, GrainType, GrainIdN0, GrainIdN1, GrainIdExtension, Payload, ModifiedOn, Version)
            SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, datetime('now'), 1
            WHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM GrainState WHERE {ThisGrain})
            ON CONFLICT DO UPDATE SET Payload = excluded.Payload, ModifiedOn = excluded.ModifiedOn, Version = Version + 1
            WHERE Version = @GrainStateVersion
            RETURNING Version AS NewGrainStateVersion
            """,
        ["ReadFromStorageKey"] = $"SELECT Payload AS PayloadBinary, Version FROM GrainState WHERE {ThisGrain}",
        ["ClearStorageKey"] = $"""
            UPDATE GrainState SET Payload = NULL, ModifiedOn = datetime('now'), Version = Version + 1
            WHERE {ThisGrain} AND Version = @GrainStateVersion
            RETURNING Version AS NewGrainStateVersion
            """,
        ["DeleteStorageKey"] = $"DELETE FROM GrainState WHERE {ThisGrain} AND Version = @GrainStateVersion RETURNING Version + 1 AS NewGrainStateVersion",

        // Reminders.
        ["UpsertReminderRowKey"] = """
            INSERT INTO Reminder (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT DO UPDATE SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = Version + 1
            RETURNING Version
            """,
        ["ReadReminderRowsKey"] = $"{ReminderColumns} AND GrainId = @GrainId",
        ["ReadReminderRowKey"] = $"{ReminderColumns} AND GrainId = @GrainId AND ReminderName = @ReminderName",
        ["ReadRangeRows1Key"] = $"{ReminderColumns} AND GrainHash > @BeginHash AND GrainHash <= @EndHash",
        ["ReadRangeRows2Key"] = $"{ReminderColumns} AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)",
        ["DeleteReminderRowKey"] = """
            DELETE FROM Reminder
            WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
            RETURNING 1
            """,
        ["DeleteReminderRowsKey"] = "DELETE FROM Reminder WHERE ServiceId = @ServiceId",

        // Clustering. RETURNING looks at the tables before the trigger of the wish has changed them.
        ["GatewaysQueryKey"] = "SELECT Address, ProxyPort, Generation FROM Membership WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0",
        ["MembershipReadRowKey"] = $"{MemberColumns} AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation WHERE v.DeploymentId = @DeploymentId",
        ["MembershipReadAllKey"] = $"{MemberColumns} WHERE v.DeploymentId = @DeploymentId",
        ["InsertMembershipVersionKey"] = """
            INSERT INTO MembershipVersion (DeploymentId, Version) VALUES (@DeploymentId, 0)
            ON CONFLICT DO UPDATE SET Version = Version
            RETURNING 1
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE Membership SET IAmAliveTime = @IAmAliveTime WHERE {ThisSilo}",
        ["InsertMembershipKey"] = $"""
            INSERT OR REPLACE INTO MembershipWish
                (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime, Expected)
            VALUES (@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime, @Version)
            RETURNING {VersionIsExpected} AND NOT {RowExists}
            """,
        ["UpdateMembershipKey"] = $"""
            INSERT OR REPLACE INTO MembershipWish (DeploymentId, Address, Port, Generation, Status, SuspectTimes, IAmAliveTime, Expected)
            VALUES (@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
            RETURNING {VersionIsExpected} AND {RowExists}
            """,
        ["DeleteMembershipTableEntriesKey"] = "DELETE FROM Membership WHERE DeploymentId = @DeploymentId",
        ["CleanupDefunctSiloEntriesKey"] = "DELETE FROM Membership WHERE DeploymentId = @DeploymentId AND Status = 6 AND IAmAliveTime < @IAmAliveTime", // 6: SiloStatus.Dead
    };
}
