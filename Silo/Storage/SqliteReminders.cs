namespace RecordingCluster.Silo.Storage;

/// <summary>Reminders, above all the expiry of each recording (R9). Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
internal static class SqliteReminders
{
    public const string Tables = """
        CREATE TABLE OrleansRemindersTable
        (
            ServiceId    TEXT    NOT NULL,
            GrainId      TEXT    NOT NULL,
            ReminderName TEXT    NOT NULL,
            StartTime    TEXT    NOT NULL, -- UTC
            Period       INTEGER NOT NULL, -- milliseconds
            GrainHash    INTEGER NOT NULL, -- place on the ring, as a signed number of 32 bits
            Version      INTEGER NOT NULL, -- the etag
            PRIMARY KEY (ServiceId, GrainId, ReminderName)
        ) STRICT;

        -- Each silo reads its whole range of the ring every five minutes.
        CREATE INDEX OrleansRemindersByHash ON OrleansRemindersTable (ServiceId, GrainHash);
        """;

    private const string Select = """
        SELECT GrainId, ReminderName, StartTime, Period, Version
        FROM OrleansRemindersTable
        WHERE ServiceId = @ServiceId
        """;

    public static IEnumerable<(string Key, string Text)> Queries =>
    [
        ("UpsertReminderRowKey", """
            INSERT INTO OrleansRemindersTable
                (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
            VALUES
                (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
            ON CONFLICT DO UPDATE
                SET StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash, Version = Version + 1
            RETURNING Version
            """),

        ("ReadReminderRowsKey", $"{Select} AND GrainId = @GrainId"),

        ("ReadReminderRowKey", $"{Select} AND GrainId = @GrainId AND ReminderName = @ReminderName"),

        // A range of the ring: after its begin, up to and with its end.
        ("ReadRangeRows1Key", $"{Select} AND GrainHash > @BeginHash AND GrainHash <= @EndHash"),

        // The range that goes round the end of the ring.
        ("ReadRangeRows2Key", $"{Select} AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)"),

        // Orleans wants one row even where nothing was deleted, and RETURNING would give none.
        // The second statement writes nothing, so there is no transaction that could stay open half-way.
        ("DeleteReminderRowKey", """
            DELETE FROM OrleansRemindersTable
            WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
            SELECT changes() > 0;
            """),

        ("DeleteReminderRowsKey", "DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId"),
    ];
}
