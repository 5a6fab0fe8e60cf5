namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Storage</c>: where things are kept.</summary>
internal sealed class StorageOptions
{
    /// <summary>Holds database, vault and keys, each in a place of its own.</summary>
    public string Folder { get; set; } = "data";

    public string Database => Path.Combine(Folder, "cluster.db");

    public string Vault => Path.Combine(Folder, "vault");

    public string Keys => Path.Combine(Folder, "keys");

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Folder) || File.Exists(Folder))
        {
            yield return "Storage:Folder must name a folder that exists or can be made. An example that is right: /var/lib/recording-cluster.";
        }
    }
}
