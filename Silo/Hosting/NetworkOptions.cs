using System.Net;
using RecordingCluster.GrainInterfaces.References;
using RecordingCluster.Silo.Capture;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Silo.Hosting;

/// <summary>Section <c>Network</c>: where the silo listens.</summary>
internal sealed class NetworkOptions
{
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The name under which browsers find the portal. Passkeys are bound to it: after a change everybody enrols anew.</summary>
    public string PortalName { get; set; } = "localhost";

    /// <summary>Portal, dashboard, health and playback; HTTPS alone.</summary>
    public int PortalPort { get; set; } = 8080;

    /// <summary>For other silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>For clients.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>For other silos, when somebody at their portals looks at what this one keeps. One silo alone does not listen there.</summary>
    public int VaultPort { get; set; } = 8081;

    /// <summary>The networks of cameras that this silo reaches. Left out: <c>cameras</c>, the one that a camera is on which names none.</summary>
    public List<string>? CameraNetworks { get; set; }

    public IReadOnlyList<string> CameraNetworksOrDefault => CameraNetworks ?? [CameraOptions.DefaultNetwork];

    /// <summary>As the silo tells the others.</summary>
    public string CameraNetworksText => string.Join(' ', CameraNetworksOrDefault);

    /// <summary>Where metrics are sent by OTLP; nowhere when left out (R20).</summary>
    public string? MetricsEndpoint { get; set; }

    /// <summary>Where a Prometheus on this machine fetches metrics: <c>/metrics</c> over plain HTTP, on loopback alone; nowhere when left out.</summary>
    public int? ScrapePort { get; set; }

    public IPAddress IPAddress => IPAddress.Parse(Address);

    /// <summary>What a silo's certificate must name, so that browsers take it.</summary>
    public IReadOnlyList<string> CertificateAddresses => [PortalName, "localhost", Address];

    public IEnumerable<string> Faults()
    {
        if (Uri.CheckHostName(PortalName) != UriHostNameType.Dns)
        {
            yield return "Network:PortalName must be a DNS name, by which browsers reach the portal. An example that is right: opname.gemeente.internal.";
        }

        // The wildcard would also listen on whatever comes later.
        if (!IPAddress.TryParse(Address, out var address) || !Apart.Holds(address))
        {
            yield return $"Network:Address is {Address}, which is no loopback or private address; the servers stand apart from every network (R20). An example that is right: 127.0.0.1 or 10.0.5.2.";
        }

        if (Uri.CheckHostName(PortalName) != UriHostNameType.Dns || PortalName.Any(char.IsAsciiLetterUpper))
        {
            yield return "Network:PortalName must be a DNS name in small letters: passkeys are bound to it, and take no IP address. An example that is right: spreekkamers.gemeente.internal.";
        }

        foreach (var network in CameraNetworksOrDefault.Where(network => !Names.IsName(network)))
        {
            yield return $"Network:CameraNetworks names {network}; each must be 1 to 40 characters out of a-z, 0-9 and -. An example that is right: ground-floor.";
        }

        foreach (var (name, port) in new[] { (nameof(PortalPort), PortalPort), (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort), (nameof(VaultPort), VaultPort) })
        {
            if (port is < 1 or > ushort.MaxValue)
            {
                yield return $"Network:{name} must be 1 to 65535. An example that is right: 8080.";
            }
        }

        if (VaultPort == PortalPort)
        {
            yield return $"Network:VaultPort is {VaultPort}, and so is Network:PortalPort; silos and people come in at ports of their own. An example that is right: 8081.";
        }

        if (ScrapePort is < 1 or > ushort.MaxValue || ScrapePort == PortalPort || ScrapePort == VaultPort)
        {
            yield return $"Network:ScrapePort is {ScrapePort}; it must be 1 to 65535, and another port than the portal's and the vault's. An example that is right: 9464.";
        }

        if (MetricsEndpoint is not null && (!Uri.TryCreate(MetricsEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https")))
        {
            yield return "Network:MetricsEndpoint must be the address of an OTLP receiver. An example that is right: http://10.0.5.3:4317.";
        }
        else if (MetricsEndpoint is not null && !Apart.Holds(new Uri(MetricsEndpoint)))
        {
            yield return $"Network:MetricsEndpoint is {MetricsEndpoint}, which is no loopback or private address; nothing leaves this network, and no name is looked up (R20). An example that is right: http://10.0.5.3:4317.";
        }

        if (Uri.CheckHostName(PortalName) != UriHostNameType.Dns)
        {
            yield return $"Network:PortalName is {PortalName}, which is no DNS name; sign-in by passkey is bound to one. An example that is right: spreekkamers.gemeente.internal.";
        }
    }
}
