using System.Data.Common;
using System.Globalization;

namespace RecordingCluster.Silo.Storage;

/// <summary>Runs one SQL text with named values; null is NULL.</summary>
internal static class SqlExtensions
{
    public static int Execute(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public static long Number(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(sql, values);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Set(values);
        return command;
    }

    /// <summary>For a statement that looks through all there is, or changes tables: the database may think before it answers.</summary>
    public static DbCommand Patiently(this DbCommand command, TimeSpan patience)
    {
        command.CommandTimeout = (int)patience.TotalSeconds;
        return command;
    }

    /// <summary>Gives values to a command, also to one that ran with others before: the same text is then not prepared again.</summary>
    public static void Set(this DbCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (!command.Parameters.Contains(name))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            command.Parameters[name].Value = value ?? DBNull.Value;
        }
    }
}
