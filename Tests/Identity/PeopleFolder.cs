using Microsoft.Extensions.Logging.Abstractions;
using RecordingCluster.Silo.Identity;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Tests.Storage;

namespace RecordingCluster.Tests.Identity;

/// <summary>A database with people in it and the key that seals them, without a silo.</summary>
internal sealed class PeopleFolder : IDisposable
{
    private readonly StorageFolder storage = new();
    private readonly Database database;

    public PeopleFolder()
    {
        database = storage.Open();
        Key = PeopleKey.OpenOrMake(Keys);
        Seal = new PeopleSeal(Key);
    }

    public string Keys => Path.Combine(storage.Root, "keys");

    public PeopleKey Key { get; }

    public PeopleSeal Seal { get; set; }

    /// <summary>What was found broken.</summary>
    public BrokenSeals Broken { get; } = new(null!, NullLogger<BrokenSeals>.Instance);

    /// <summary>A book as one request has it.</summary>
    public PeopleBook Book() => new(PeopleContext.On(database), database, Seal, Broken);

    /// <summary>What the owner of the database does, past all of our code.</summary>
    public string Owner(string sql) => storage.Look(sql);

    public void Dispose()
    {
        Key.Dispose();
        database.Dispose();
        storage.Dispose();
    }
}
