using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage;

/// <summary>Brings the embedded database to the schema of this version of the cluster. Safe to repeat, and safe when two silos start at once.</summary>
internal static class SqliteSchema
{
    /// <summary>
    /// The steps from an empty file to today's tables. The file's user_version says how many of them were made.
    /// A step that was ever released never changes; what comes later is a new step at the end.
    /// </summary>
    private static readonly ImmutableArray<string> Steps =
    [
        string.Join('\n',
            "CREATE TABLE OrleansQuery (QueryKey TEXT NOT NULL PRIMARY KEY, QueryText TEXT NOT NULL) STRICT;",
            SqlitePersistence.Tables,
            SqliteReminders.Tables,
            SqliteClustering.Tables,
            SqliteAudit.Tables),
        SqlitePeople.Tables,
        SqliteAudit.Trace,
    ];

    public static void Apply(SqliteDataSource database)
    {
        try
        {
            using var connection = database.OpenConnection();

            // Kept by the file: readers and the writer do not wait for each other.
            connection.Execute("PRAGMA journal_mode = WAL");

            // This provider begins as a writer, so a second silo waits here and then finds all steps made.
            using var transaction = connection.BeginTransaction();
            MakeMissingSteps(connection);
            ReplaceQueries(connection);
            transaction.Commit();
        }
        catch (SqliteException cause)
        {
            throw new RecordingClusterException(
                ErrorKind.Unavailable,
                $"The database ({database.ConnectionString}) cannot be opened: {cause.Message} Check that the path names the cluster's own database and that its folder can be written.",
                cause);
        }
    }

    private static void MakeMissingSteps(DbConnection connection)
    {
        var made = connection.Number("PRAGMA user_version");
        if (made > Steps.Length)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict,
                $"The database has schema version {made} and this program knows {Steps.Length} at most. Start the newer program that wrote it, or restore the backup made before the upgrade.");
        }

        foreach (var step in Steps.Skip((int)made))
        {
            connection.Execute(step);
        }

        connection.Execute(FormattableString.Invariant($"PRAGMA user_version = {Steps.Length}"));
    }

    // Queries are code that Orleans happens to read from a table: each start writes those that belong to this program.
    private static void ReplaceQueries(DbConnection connection)
    {
        connection.Execute("DELETE FROM OrleansQuery");
        foreach (var (key, text) in SqlitePersistence.Queries.Concat(SqliteReminders.Queries).Concat(SqliteClustering.Queries))
        {
            connection.Execute("INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", ("@key", key), ("@text", text));
        }
    }
}
