using System.CommandLine;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>schema</c>: the database's tables, for those who make them by themselves. A silo makes at its start what is missing.</summary>
internal static class SchemaCommand
{
    public static Command Create(string[] settings) => new("schema", "The tables of the database that the settings name.") { Print(settings), Apply(settings) };

    private static Command Print(string[] settings)
    {
        var from = new Option<int>("--from") { Description = "The schema version that the database has; 0 for an empty one." };
        var grant = new Option<string?>("--grant") { Description = "PostgreSQL only: the account of the silos, where another one owns the tables; prints its rights, too." };
        var command = new Command("print", "Prints the schema as one script of SQL, for psql or sqlite3. Opens no database.") { from, grant };
        command.SetAction((parsed, _) => CommandLine.Carry(() =>
        {
            var storage = SiloSettings.ReadStorage(CommandLine.Configuration(settings));
            SqlDialect sql = storage.Database.IsPostgreSql ? new PostgreSqlDialect() : new SqliteDialect();
            Console.Write(Schema.Print(sql, parsed.GetValue(from), storage.Database.IsPostgreSql ? parsed.GetValue(grant) : null));
        }));
        return command;
    }

    private static Command Apply(string[] settings)
    {
        var command = new Command("apply", "Brings the database to the schema of this program. Safe to repeat, also while silos run; a newer one is refused.");
        command.SetAction((_, _) => CommandLine.Carry(() =>
        {
            using var database = SiloSettings.ReadStorage(CommandLine.Configuration(settings)).OpenDatabase();
            Console.WriteLine($"{database.Name} has schema version {Schema.Steps(database.Sql).Length}.");
        }));
        return command;
    }
}
