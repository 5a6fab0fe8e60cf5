using System.Text;
using RecordingCluster.GrainInterfaces.Regulations;
using RecordingCluster.Grains.Regulations;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Publishing;

/// <summary>The public page as two files, to be carried to the website: the servers stand apart from it (R20).</summary>
internal sealed class PublicFolder(StorageOptions storage) : IPublicFolder
{
    public const string Html = "regulation.html";
    public const string Json = "regulation.json";

    public Task Write(Publication publication) => Task.Run(() =>
    {
        DurableFile.MakeFolder(storage.Public);
        DurableFile.Replace(Path.Combine(storage.Public, Html), Encoding.UTF8.GetBytes(publication.Html));
        DurableFile.Replace(Path.Combine(storage.Public, Json), Encoding.UTF8.GetBytes(publication.Json));
    });
}
