using System.Data.Common;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage.Sqlite;

/// <summary>Makes the tables at start. Safe to repeat.</summary>
internal static class SqliteSchema
{
    private const long Version = 1;

    private static string Tables
    {
        get
        {
            using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("tables.sql")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <exception cref="RecordingClusterException">Conflict: the file was written by a later version of this program.</exception>
    public static void Apply(SqliteDataSource database)
    {
        using var connection = database.OpenConnection();
        Execute(connection, "PRAGMA journal_mode = WAL"); // set once, it stays with the file
        var found = (long)Scalar(connection, "PRAGMA user_version")!;
        if (found > Version)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict, $"The database has schema {found} and this program knows {Version}. Start the program that wrote it, or a later one.");
        }

        using var transaction = connection.BeginTransaction();
        Execute(connection, Tables, transaction);
        foreach (var (key, text) in OrleansQueries.All)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text) ON CONFLICT DO UPDATE SET QueryText = excluded.QueryText";
            Add(command, "@key", key);
            Add(command, "@text", text);
            command.ExecuteNonQuery();
        }

        Execute(connection, $"PRAGMA user_version = {Version}", transaction);
        transaction.Commit();
    }

    private static void Execute(DbConnection connection, string text, DbTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
