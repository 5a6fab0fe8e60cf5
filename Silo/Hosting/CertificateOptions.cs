using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.References;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Certificates</c>: where the cluster's certificates are, and which is this silo's.</summary>
internal sealed class CertificateOptions
{
    /// <summary>Left out: <c>certificates</c> in the storage folder.</summary>
    public string? Folder { get; set; }

    /// <summary>The files NAME.crt and NAME.key are this silo's own.</summary>
    public string Name { get; set; } = "silo";

    public string FolderIn(StorageOptions storage) => Folder ?? Path.Combine(storage.Folder, "certificates");

    public CertificateFiles FilesIn(StorageOptions storage) => CertificateFiles.In(FolderIn(storage), Name);

    public IEnumerable<string> Faults()
    {
        if (Folder is not null && (string.IsNullOrWhiteSpace(Folder) || File.Exists(Folder)))
        {
            yield return "Certificates:Folder must name a folder that exists or can be made. An example that is right: /etc/recording-cluster/certificates.";
        }

        if (!Names.IsName(Name))
        {
            yield return "Certificates:Name must be 1 to 40 characters out of a-z, 0-9 and -. An example that is right: silo-1.";
        }
    }
}
