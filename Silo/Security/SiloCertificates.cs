using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;

namespace RecordingCluster.Silo.Security;

/// <summary>Opens the certificates that this silo serves by; where there is nothing at all yet, makes them.</summary>
internal static partial class SiloCertificates
{
    /// <summary>What the first start issues to the room-booking system.</summary>
    public const string FirstClient = "room-booking";

    /// <exception cref="RecordingClusterException">InvalidInput: the folder is incomplete, or its certificate is not one for this silo.</exception>
    public static ClusterCertificates Open(SiloSettings settings, TimeProvider clock, ILoggerFactory logs)
    {
        var folder = new CertificateFolder(settings.CertificateFolder, clock);
        if (folder.IsEmpty)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(settings.CertificateFolder))!);
            folder.MakeFirst(settings.Certificates.Name, settings.Network.CertificateAddresses, FirstClient);
            LogMade(logs.CreateLogger(typeof(SiloCertificates)), settings.CertificateFolder, settings.Certificates.Name, FirstClient);
        }

        var certificates = new ClusterCertificates(settings.Certificates.FilesIn(settings.Storage), clock, logs.CreateLogger<ClusterCertificates>());
        try
        {
            Check(certificates, settings);
            return certificates;
        }
        catch
        {
            certificates.Dispose();
            throw;
        }
    }

    private static void Check(ClusterCertificates certificates, SiloSettings settings)
    {
        var name = settings.Certificates.Name;
        if (!certificates.TryCheck(certificates.Own, out var holder, out _) || holder.Role != CertificateRole.Silo)
        {
            throw RecordingClusterException.Invalid("Certificates:Name", $"{name} is no certificate of a silo.", $"Issue one: certificates issue --role silo --name {name}.");
        }

        if (!certificates.Own.MatchesHostname(settings.Network.PortalName))
        {
            throw RecordingClusterException.Invalid(
                "Network:PortalName", $"is {settings.Network.PortalName}, which the certificate {name} does not name, so every browser would refuse the portal.",
                $"Issue another: certificates issue --role silo --name {name}; it takes names and addresses from these settings.");
        }
    }

    [LoggerMessage(5020, LogLevel.Information,
        "First start: made the cluster's own CA in {Folder}, with certificates for this silo ({Silo}) and for the room-booking system ({Client}). Move ca.key away before this is put to use")]
    private static partial void LogMade(ILogger log, string folder, string silo, string client);
}
