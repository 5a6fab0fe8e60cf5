using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using RecordingCluster.GrainInterfaces.Errors;

namespace RecordingCluster.Silo.Storage;

/// <summary>Brings a database to the schema of this version of the cluster. Safe to repeat, and safe when several silos start at once.</summary>
/// <remarks>A database that is up to date is only read, so a silo's own account need not be allowed to change tables.</remarks>
internal static class Schema
{
    /// <summary>
    /// The steps from an empty database to today's tables. The database says how many of them were made.
    /// A step that was ever released never changes; what comes later is a new step at the end.
    /// </summary>
    public static ImmutableArray<string> Steps(SqlDialect sql) =>
    [
        string.Join('\n',
            $"CREATE TABLE OrleansQuery (QueryKey TEXT NOT NULL PRIMARY KEY, QueryText TEXT NOT NULL){sql.TableEnd};",
            PersistenceSql.Tables(sql),
            RemindersSql.Tables(sql),
            ClusteringSql.Tables(sql),
            AuditSql.Tables(sql)),
        PeopleSql.Tables(sql),
        AuditSql.Trace,
        ProcessingSql.Tables(sql),
        BookingsSql.Carry(sql),
    ];

    /// <exception cref="RecordingClusterException">Unavailable: the database cannot be opened. Conflict: a newer program wrote it, or a step failed; it is then as it was.</exception>
    public static void Apply(Database database)
    {
        try
        {
            using var connection = database.OpenConnection();
            database.Sql.Prepare(connection);
            using var transaction = connection.BeginTransaction();
            if (database.Sql.LockSchema is { } wait)
            {
                Carry(connection, wait);
            }

            MakeMissingSteps(connection, database);
            ReplaceQueries(connection, database.Sql);
            transaction.Commit();
        }
        catch (DbException cause)
        {
            throw new RecordingClusterException(ErrorKind.Unavailable, $"The database ({database.Name}) cannot be opened: {cause.Message} {database.Remedy}", cause);
        }
    }

    /// <summary>The same as one script, for those who apply it by their database's own tool.</summary>
    /// <param name="sql">Of the database.</param>
    /// <param name="from">How many steps that database has already.</param>
    /// <param name="account">Whom the script also gives the rights of a silo; null for nobody.</param>
    public static string Print(SqlDialect sql, int from, string? account = null)
    {
        var script = new StringBuilder("BEGIN;\n");
        if (sql.LockSchema is { } wait)
        {
            script.Append(wait).Append('\n');
        }

        foreach (var step in Steps(sql).Skip(from))
        {
            script.Append('\n').Append(step).Append('\n');
        }

        script.Append('\n').Append(sql.WriteVersion(Steps(sql).Length)).Append("\n\nDELETE FROM OrleansQuery;\n");
        foreach (var (key, text) in Queries(sql))
        {
            script.Append("INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('").Append(key).Append("', '").Append(text.Replace("'", "''", StringComparison.Ordinal)).Append("');\n");
        }

        if (account is not null)
        {
            script.Append('\n').Append(Grants(account)).Append('\n');
        }

        return script.Append("COMMIT;\n").ToString();
    }

    /// <summary>The rights that a silo's own account needs on PostgreSQL, where another one owns the tables: that one alone can change them.</summary>
    public static string Grants(string account) => $"""
        GRANT SELECT, INSERT, UPDATE, DELETE ON OrleansStorage, OrleansRemindersTable, OrleansMembershipTable, OrleansMembershipVersionTable, people, people_passkeys, people_proposals TO {Quoted(account)};
        GRANT SELECT, INSERT ON audit_trail, processing_log TO {Quoted(account)};
        GRANT SELECT ON OrleansQuery, schema_version TO {Quoted(account)};
        """;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IEnumerable<(string Key, string Text)> Queries(SqlDialect sql) =>
        PersistenceSql.Queries(sql).Concat(RemindersSql.Queries(sql)).Concat(ClusteringSql.Queries(sql));

    // Another silo may be at it, and a step may rewrite a table.
    private static void Carry(DbConnection connection, string sql)
    {
        using var command = connection.Command(sql).Patiently(TimeSpan.FromHours(1));
        command.ExecuteNonQuery();
    }

    private static void MakeMissingSteps(DbConnection connection, Database database)
    {
        var steps = Steps(database.Sql);
        var made = (int)database.Sql.ReadVersion(connection);
        if (made > steps.Length)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict,
                $"The database has schema version {made} and this program knows {steps.Length} at most. Start the newer program that wrote it, or restore the backup made before the upgrade.");
        }

        for (var version = made + 1; version <= steps.Length; version++)
        {
            Make(connection, database, made, version, steps[version - 1]);
        }
    }

    // The version goes with its step: at every moment the database is what it says.
    private static void Make(DbConnection connection, Database database, int before, int version, string step)
    {
        try
        {
            Carry(connection, step);
            connection.Execute(database.Sql.WriteVersion(version));
        }
        catch (DbException cause) when (!cause.IsTransient)
        {
            throw new RecordingClusterException(
                ErrorKind.Conflict,
                $"The step to schema version {version} of the database ({database.Name}) failed: {cause.Message} Nothing was changed: it has version {before} still, and the program that it had before works on it. {database.Remedy}",
                cause);
        }
    }

    // Queries are code that Orleans happens to read from a table: a start writes those that belong to this program.
    private static void ReplaceQueries(DbConnection connection, SqlDialect sql)
    {
        if (ReadQueries(connection).SetEquals(Queries(sql)))
        {
            return;
        }

        connection.Execute("DELETE FROM OrleansQuery");
        foreach (var (key, text) in Queries(sql))
        {
            connection.Execute("INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)", ("@key", key), ("@text", text));
        }
    }

    private static HashSet<(string Key, string Text)> ReadQueries(DbConnection connection)
    {
        using var command = connection.Command("SELECT QueryKey, QueryText FROM OrleansQuery");
        using var row = command.ExecuteReader();
        var found = new HashSet<(string Key, string Text)>();
        while (row.Read())
        {
            found.Add((row.GetString(0), row.GetString(1)));
        }

        return found;
    }
}
