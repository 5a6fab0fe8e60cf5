using Orleans.Serialization;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Silo.Storage;

/// <summary>Storage for a cluster on one machine: all of it in one SQLite file.</summary>
public static class EmbeddedStorageExtensions
{
    // Orleans chooses its dialect by this name, and loads Microsoft.Data.Sqlite for it. That package's own name is refused.
    private const string Invariant = "System.Data.SQLite";

    /// <summary>Keeps grain state, reminders, membership and the audit trail in the file at <paramref name="path"/>.</summary>
    /// <remarks>The file is created, or brought to today's schema, when the silo starts. What a grain clears is gone from the file.</remarks>
    public static ISiloBuilder UseEmbeddedStorage(this ISiloBuilder silo, string path)
    {
        // Whoever asks for the database first makes it whole, so no provider can come too early.
        silo.Services.AddSingleton(_ => Open(path));
        silo.Services.AddSingleton<IAuditStore, SqliteAuditStore>();
        silo.Services.Configure<SystemTextJsonGrainStorageSerializerOptions>(options => StateJson.Configure(options.JsonSerializerOptions));

        return silo
            .UseSystemTextJsonGrainStorageSerializer()
            .AddAdoNetGrainStorageAsDefault(options => options.Configure<SqliteDataSource>((storage, database) =>
            {
                storage.Invariant = Invariant;
                storage.DataSource = database;
                storage.DeleteStateOnClear = true;
            }))
            .UseAdoNetReminderService(options => options.Configure<SqliteDataSource>((reminders, database) =>
            {
                reminders.Invariant = Invariant;
                reminders.DataSource = database;
            }))
            .UseAdoNetClustering(options => options.Configure<SqliteDataSource>((clustering, database) =>
            {
                clustering.Invariant = Invariant;
                clustering.DataSource = database;
            }));
    }

    /// <summary>Opens the database, made whole.</summary>
    internal static SqliteDataSource Open(string path)
    {
        SqliteFile.Prepare(path);
        var database = new SqliteDataSource(path);
        try
        {
            SqliteSchema.Apply(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}
