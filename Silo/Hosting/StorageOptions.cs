using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Storage</c>: where things are kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>Holds the database's file, vault and keys, each in a place of its own.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>
    /// The name of another silo, in whose vault a second copy of each fragment is kept as it comes; none when left out. Only where
    /// several silos share a database.
    /// </summary>
    public string? SecondCopyOn { get; set; }

    /// <summary>A server for all silos; left out, everything is kept in <see cref="DatabaseFile"/>.</summary>
    public DatabaseOptions Database { get; set; } = new();

    public string DatabaseFile => Path.Combine(Folder, "cluster.db");

    public string Vault => Path.Combine(Folder, "vault");

    public string Keys => Path.Combine(Folder, "keys");

    /// <summary>Where the public page lies as files; left out, in <c>public</c> of <see cref="Folder"/>.</summary>
    public string? PublicFolder { get; set; }

    public string Public => PublicFolder ?? Path.Combine(Folder, "public");

    /// <summary>Opens the database, made whole.</summary>
    public Database OpenDatabase() => Database.Open(DatabaseFile);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder) || File.Exists(Folder))
        {
            yield return "Storage:Folder must name a folder that exists or can be made. An example that is right: /var/lib/recording-cluster.";
        }

        if (SecondCopyOn is not null && !Names.IsName(SecondCopyOn))
        {
            yield return $"Storage:SecondCopyOn is {SecondCopyOn}; it must be the name of another silo, which is 1 to 40 characters out of a-z, 0-9 and -. An example that is right: silo-2.";
        }
        else if (SecondCopyOn is not null && !Database.IsPostgreSql)
        {
            yield return $"Storage:SecondCopyOn names {SecondCopyOn}, and there is no other silo: the database is a file of this one. Let the silos share a server by Storage:Database:Host, or leave it out.";
        }

        if (PublicFolder is not null && (string.IsNullOrWhiteSpace(PublicFolder) || File.Exists(PublicFolder)))
        {
            yield return "Storage:PublicFolder must name a folder that exists or can be made. An example that is right: /var/lib/recording-cluster-public.";
        }
    }
}
