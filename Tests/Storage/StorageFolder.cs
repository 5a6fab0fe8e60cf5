using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Tests.Storage;

/// <summary>A folder of its own for one test with a database, both gone afterwards with all that is in them.</summary>
internal sealed class StorageFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("storage-");

    public StorageFolder() => Database = TestDatabase.In(DatabaseFile);

    public string Root => folder.FullName;

    public string DatabaseFile => Path.Combine(Root, "data", "cluster.db");

    public TestDatabase Database { get; }

    /// <summary>Opens the database as the silo does.</summary>
    public Database Open() => Database.Open();

    /// <summary>Looks into the database past all of our code.</summary>
    public string Look(string sql) => Database.Look(sql);

    public void Dispose()
    {
        Database.Dispose();
        folder.Delete(recursive: true);
    }
}
