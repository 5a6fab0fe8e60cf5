namespace RecordingCluster.Silo.Storage;

/// <summary>Reminders, above all the expiry of each recording (R9). Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
internal static class RemindersSql
{
    private const string Select = """
        SELECT GrainId, ReminderName, StartTime, Period, Version
        FROM OrleansRemindersTable
        WHERE ServiceId = @ServiceId
        """;

    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE OrleansRemindersTable
        (
            ServiceId    TEXT    NOT NULL,
            GrainId      TEXT    NOT NULL,
            ReminderName TEXT    NOT NULL,
            StartTime    {sql.Time} NOT NULL, -- UTC
            Period       {sql.Long} NOT NULL, -- milliseconds
            GrainHash    INTEGER NOT NULL, -- place on the ring, as a signed number of 32 bits
            Version      INTEGER NOT NULL, -- the etag
            PRIMARY KEY (ServiceId, GrainId, ReminderName)
        ){sql.TableEnd};

        -- Each silo reads its whole range of the ring every five minutes.
        CREATE INDEX OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);
        """;

    public static IEnumerable<(string Key, string Text)> Queries(SqlDialect sql) =>
    [
        ("UpsertReminderRowKey", """
            INSERT INTO OrleansRemindersTable
                (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            VALUES
                (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE
                SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = OrleansRemindersTable.Version + 1
            RETURNING Version
            """),

        ("ReadReminderRowsKey", $"{Select} AND GrainId = @GrainId"),

        ("ReadReminderRowKey", $"{Select} AND GrainId = @GrainId AND ReminderName = @ReminderName"),

        // A range of the ring: after its begin, up to and with its end.
        ("ReadRangeRows1Key", $"{Select} AND GrainHash > @BeginHash AND GrainHash <= @EndHash"),

        // The range that goes round the end of the ring.
        ("ReadRangeRows2Key", $"{Select} AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)"),

        ("DeleteReminderRowKey", sql.WasWritten("""
            DELETE FROM OrleansRemindersTable
            WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
            """)),

        ("DeleteReminderRowsKey", "DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId"),
    ];
}
