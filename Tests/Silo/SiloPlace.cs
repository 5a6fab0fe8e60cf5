using System.Net;

namespace RecordingCluster.Tests.Silo;

/// <summary>Where one of several silos stands: an address, a name and settings of its own; one folder of certificates for all.</summary>
/// <param name="Name">The silo's name, of which there is a certificate.</param>
/// <param name="Address">A loopback address of its own, or its address in its network.</param>
/// <param name="Certificates">The folder of the cluster's certificates.</param>
/// <param name="Own">Its settings beyond those.</param>
/// <param name="Joins">The first silo, when this is another.</param>
/// <param name="Term">How long a recording is kept, by the regulation that the first silo gets; 14 days when left out.</param>
/// <param name="Network">The network namespace in which it runs; left out: that of this process.</param>
/// <param name="Before">Puts things into its data folder before its first start.</param>
internal sealed record SiloPlace(string Name, IPAddress Address, string Certificates, IReadOnlyDictionary<string, string> Own, SiloProcess? Joins = null, TimeSpan? Term = null, string? Network = null, Action<string>? Before = null)
{
    public Dictionary<string, string> Settings => new(Own)
    {
        ["Network__Address"] = $"{Address}",
        ["Certificates__Folder"] = Certificates,
        ["Certificates__Name"] = Name,
    };
}
