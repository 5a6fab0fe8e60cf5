using RecordingCluster.Grains.Audit;
using RecordingCluster.Silo.Storage.Sqlite;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Storage;

/// <summary>The embedded default: one SQLite file for grain state, reminders, membership and trail. One file is one machine.</summary>
internal static class EmbeddedStorage
{
    // The name by which Orleans knows the dialect; it loads Microsoft.Data.Sqlite.
    private const string Invariant = "System.Data.SQLite";

    public static ISiloBuilder UseEmbeddedStorage(this ISiloBuilder silo, string path)
    {
        DurableFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path))
        {
            DurableFile.Write(path, []); // made by us first, so that nobody else can read it
        }

        var database = new SqliteDataSource(path);
        SqliteSchema.Apply(database);
        silo.Services.AddSingleton(database);
        silo.Services.AddSingleton<IAuditStore, SqliteAuditStore>();
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.UseAdoNetClustering(options =>
        {
            options.Invariant = Invariant;
            options.DataSource = database;
        });
        silo.UseAdoNetReminderService(options =>
        {
            options.Invariant = Invariant;
            options.DataSource = database;
        });
        return silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            options.Invariant = Invariant;
            options.DataSource = database;
            options.DeleteStateOnClear = true;
        });
    }
}
