namespace RecordingCluster.Silo.Storage;

/// <summary>Grain state: one row for each grain, as JSON. Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
internal static class SqlitePersistence
{
    /// <remarks>
    /// The hashes that Orleans sends along are left out: they serve databases that cannot index a text, and this one can.
    /// A grain whose key is one text has it as extension, with zero for both numbers.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE OrleansStorage
        (
            ServiceId              TEXT    NOT NULL,
            GrainTypeString        TEXT    NOT NULL,
            GrainIdN0              INTEGER NOT NULL,
            GrainIdN1              INTEGER NOT NULL,
            GrainIdExtensionString TEXT    NOT NULL, -- empty where Orleans has none, since NULLs are never equal to each other
            PayloadBinary          BLOB,             -- JSON
            Version                INTEGER NOT NULL, -- the etag
            PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
        ) STRICT;
        """;

    private const string ThisGrain = """
            ServiceId = @ServiceId
            AND GrainTypeString = @GrainTypeString
            AND GrainIdN0 = @GrainIdN0
            AND GrainIdN1 = @GrainIdN1
            AND GrainIdExtensionString = ifnull(@GrainIdExtensionString, '')
        """;

    public static IEnumerable<(string Key, string Text)> Queries =>
    [
        // Who read no row may insert the first version; who read one may replace that version only.
        // No row in the answer means that another activation came first. A grain that was erased
        // meanwhile is not brought back: without a row there is nothing that an etag could match.
        ("WriteToStorageKey", $"""
            INSERT INTO OrleansStorage
                (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version)
            SELECT
                @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, ifnull(@GrainIdExtensionString, ''), @PayloadBinary, 1
            WHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE
            {ThisGrain})
            ON CONFLICT DO UPDATE
                SET PayloadBinary = excluded.PayloadBinary, Version = Version + 1
                WHERE Version = @GrainStateVersion
            RETURNING Version AS NewGrainStateVersion
            """),

        ("ReadFromStorageKey", $"""
            SELECT PayloadBinary, Version FROM OrleansStorage WHERE
            {ThisGrain}
            """),

        ("ClearStorageKey", $"""
            UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE
            {ThisGrain}
            AND Version = @GrainStateVersion
            RETURNING Version AS NewGrainStateVersion
            """),

        ("DeleteStorageKey", $"""
            DELETE FROM OrleansStorage WHERE
            {ThisGrain}
            AND Version = @GrainStateVersion
            RETURNING Version + 1 AS NewGrainStateVersion
            """),
    ];
}
