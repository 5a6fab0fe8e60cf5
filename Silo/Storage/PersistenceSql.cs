namespace RecordingCluster.Silo.Storage;

/// <summary>Grain state: one row for each grain, as JSON. Keys, parameters and columns are named as Orleans' ADO.NET provider asks for them.</summary>
internal static class PersistenceSql
{
    public const string Columns = "ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version";

    /// <summary>Of the first version.</summary>
    public const string Values = "@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1";

    public const string ThisGrain = """
            ServiceId = @ServiceId
            AND GrainTypeString = @GrainTypeString
            AND GrainIdN0 = @GrainIdN0
            AND GrainIdN1 = @GrainIdN1
            AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '')
        """;

    /// <remarks>
    /// The hashes that Orleans sends along are left out: they serve databases that cannot index a text, and these can.
    /// A grain whose key is one text has it as extension, with zero for both numbers.
    /// </remarks>
    public static string Tables(SqlDialect sql) => $"""
        CREATE TABLE OrleansStorage
        (
            ServiceId              TEXT    NOT NULL,
            GrainTypeString        TEXT    NOT NULL,
            GrainIdN0              {sql.Long} NOT NULL,
            GrainIdN1              {sql.Long} NOT NULL,
            GrainIdExtensionString TEXT    NOT NULL, -- empty where Orleans has none, since NULLs are never equal to each other
            PayloadBinary          {sql.Bytes}, -- JSON
            Version                INTEGER NOT NULL, -- the etag
            PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
        ){sql.TableEnd};
        """;

    public static IEnumerable<(string Key, string Text)> Queries(SqlDialect sql) =>
    [
        ("WriteToStorageKey", sql.WriteState),

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
