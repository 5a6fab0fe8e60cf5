using Orleans.Configuration;
using RecordingCluster.GrainInterfaces.Certificates;

namespace RecordingCluster.Silo.Security;

/// <summary>Who may come in at which port of a silo.</summary>
internal static class MutualTlsExtensions
{
    /// <summary>Needs <see cref="ClusterCertificates"/> among the services.</summary>
    public static ISiloBuilder UseMutualTls(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<MutualTls>();
        silo.Services.AddSingleton<ClientNames>();
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<MutualTls, ClientNames>((connections, tls, names) =>
        {
            connections.ConfigureSiloInboundConnection(inbound => tls.Accept(inbound, CertificateRole.Silo));
            connections.ConfigureSiloOutboundConnection(outbound => tls.Connect(outbound));
            connections.ConfigureGatewayInboundConnection(inbound =>
            {
                tls.Accept(inbound, CertificateRole.Silo, CertificateRole.BookingClient);
                names.Check(inbound);
            });
        });
        return silo;
    }
}
